/** The consumer groups of a broker. Java: SubscriptionGroupManager. */
import { errorText, MqError } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import type { DataVersion } from '../../protocol/bodies/data-version.ts'
import type { GroupConfig } from '../../protocol/bodies/group-config.ts'
import { groupNameFault, initialGroups, isSystemGroup } from '../../protocol/topic-names.ts'
import { ConfigTable, type ConfigTableParts } from '../config-table.ts'
import type { BrokerOptions } from '../options.ts'
import type { GroupTable } from '../parts.ts'

export interface GroupsParts extends ConfigTableParts {
  readonly options: BrokerOptions
  readonly log: Logger
}

/** A group as clients make it by using it. Java: the defaults of SubscriptionGroupConfig. */
export const defaultGroup = (groupName: string): GroupConfig => ({
  groupName,
  consumeEnable: true,
  consumeFromMinEnable: true,
  consumeBroadcastEnable: true,
  consumeMessageOrderly: false,
  retryQueueNums: 1,
  retryMaxTimes: 16,
  groupRetryPolicy: { type: 'CUSTOMIZED' },
  brokerId: 0,
  whichBrokerWhenConsumeSlowly: 1,
  notifyConsumerIdsChangedEnable: true,
  groupSysFlag: 0,
  consumeTimeoutMinute: 15,
  attributes: {}
})

export const openGroups = async (parts: GroupsParts): Promise<Groups> =>
  new Groups(
    await ConfigTable.open(
      'group',
      initialGroups.map(name => [name, defaultGroup(name)] as const),
      parts
    ),
    parts
  )

export class Groups implements GroupTable {
  readonly #table: ConfigTable<GroupConfig>
  readonly #options: BrokerOptions
  readonly #log: Logger

  constructor(table: ConfigTable<GroupConfig>, { options, log }: GroupsParts) {
    this.#table = table
    this.#options = options
    this.#log = log
  }

  get size(): number {
    return this.#table.size
  }

  get dataVersion(): DataVersion {
    return this.#table.dataVersion
  }

  get(group: string): GroupConfig | undefined {
    return this.#table.get(group)
  }

  all(): IterableIterator<GroupConfig> {
    return this.#table.all()
  }

  ensure(group: string): GroupConfig | undefined {
    const present = this.#table.get(group)
    if (present !== undefined) return present
    if (!this.#mayMake(group) || groupNameFault(group) !== undefined) return undefined
    const made = defaultGroup(group)
    this.#log.info({ group }, 'consumer group made')
    this.#table.set(group, made).catch(error => {
      this.#log.error({ group, error: errorText(error) }, 'a new consumer group could not be written to disk')
    })
    return made
  }

  async put(config: GroupConfig): Promise<void> {
    await this.putAll([config])
  }

  /** Creates or replaces all of them or none. */
  async putAll(configs: readonly GroupConfig[]): Promise<void> {
    const added = configs.filter(config => this.#table.get(config.groupName) === undefined).length
    if (added > 0 && this.#table.size + added > this.#options.groupCountMax) {
      const limit = this.#options.groupCountMax
      throw new MqError('MQ_NOT_PERMITTED', `the broker has ${this.#table.size} groups, at most ${limit} are allowed`, {
        suggestions: ['delete groups that are not used, or raise groupCountMax']
      })
    }
    await this.#table.write(configs.map(config => [config.groupName, config] as const))
  }

  async delete(group: string): Promise<boolean> {
    if (this.#table.get(group) === undefined) return false
    await this.#table.write([[group, undefined]])
    return true
  }

  /** Raises the version although no group changed: what else is told with the groups did. */
  async touch(): Promise<void> {
    await this.#table.touch()
  }

  #mayMake(group: string): boolean {
    if (this.#table.size >= this.#options.groupCountMax) return false
    if (this.#options.autoCreateSubscriptionGroup) return true
    return this.#options.enableCreateSysGroup && isSystemGroup(group)
  }
}
