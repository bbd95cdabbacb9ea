/** The topics of a broker. Java: TopicConfigManager. */
import { MqError } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import type { DataVersion } from '../../protocol/bodies/data-version.ts'
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { mayInherit, permissions } from '../../protocol/permissions.ts'
import { isSystemTopic, systemTopics, topicNameFault } from '../../protocol/topic-names.ts'
import { ConfigTable, type ConfigTableParts } from '../config-table.ts'
import type { BrokerOptions } from '../options.ts'
import type { TopicTable } from '../parts.ts'
import { initialTopics, topicDefaults } from './system-topics.ts'

export interface TopicsParts extends ConfigTableParts {
  readonly options: BrokerOptions
  readonly log: Logger
}

/** Loads the topics; the system's own are there from the first start. */
export const openTopics = async (parts: TopicsParts): Promise<Topics> => {
  const initial = initialTopics(parts.options)
  const table = await ConfigTable.open(
    'topic',
    initial.map(config => [config.topicName, config] as const),
    parts
  )
  return new Topics(table, new Set(initial.map(config => config.topicName)), parts)
}

export class Topics implements TopicTable {
  readonly #table: ConfigTable<TopicConfig>
  readonly #system: ReadonlySet<string>
  readonly #options: BrokerOptions
  readonly #log: Logger
  /** Topics that are being made, so that the sends that come meanwhile wait for the same one. */
  readonly #making = new Map<string, Promise<TopicConfig>>()
  #announce: () => Promise<void> = async () => {}

  constructor(table: ConfigTable<TopicConfig>, system: ReadonlySet<string>, parts: TopicsParts) {
    this.#table = table
    this.#system = system
    this.#options = parts.options
    this.#log = parts.log
  }

  /** Who is told of changes, and waited for by `put`. */
  announceWith(announce: () => Promise<void>): void {
    this.#announce = announce
  }

  get size(): number {
    return this.#table.size
  }

  get dataVersion(): DataVersion {
    return this.#table.dataVersion
  }

  get(topic: string): TopicConfig | undefined {
    return this.#table.get(topic)
  }

  all(): IterableIterator<TopicConfig> {
    return this.#table.all()
  }

  /** Tells the topics that changed; none = all of them, as after `touch`. */
  onChange(listener: (topics: readonly string[]) => void): void {
    this.#table.onChange(listener)
  }

  /** A topic of this broker's own, which nobody may change by hand. */
  isSystem(topic: string): boolean {
    return this.#system.has(topic) || isSystemTopic(topic)
  }

  async forSend(
    topic: string,
    defaultTopic: string,
    queueNums: number,
    topicSysFlag: number
  ): Promise<TopicConfig | undefined> {
    const present = this.#table.get(topic)
    if (present !== undefined) return present
    const pattern = this.#table.get(defaultTopic)
    if (pattern === undefined || !mayInherit(pattern.perm) || topicNameFault(topic) !== undefined) return undefined
    if (defaultTopic === systemTopics.defaultTopic && !this.#options.autoCreateTopicEnable) return undefined
    const queues = Math.max(0, Math.min(queueNums, pattern.writeQueueNums))
    const config: TopicConfig = {
      topicName: topic,
      ...topicDefaults,
      readQueueNums: queues,
      writeQueueNums: queues,
      perm: pattern.perm & ~permissions.INHERIT,
      topicFilterType: pattern.topicFilterType,
      topicSysFlag
    }
    return this.#full() ? undefined : this.#make(config)
  }

  async forSendBack(
    topic: string,
    queueNums: number,
    perm: number,
    topicSysFlag: number,
    order?: boolean
  ): Promise<TopicConfig> {
    const present = this.#table.get(topic)
    if (present === undefined) {
      const queues = { readQueueNums: queueNums, writeQueueNums: queueNums }
      return this.#make({ topicName: topic, ...topicDefaults, ...queues, perm, topicSysFlag, order: order ?? false })
    }
    if (order === undefined || order === present.order) return present
    const changed = { ...present, order }
    await this.#table.write([[topic, changed]])
    this.#announceSoon()
    return changed
  }

  async put(config: TopicConfig): Promise<void> {
    await this.putAll([config])
  }

  /** Creates or replaces all of them or none; resolves as `put` does. */
  async putAll(configs: readonly TopicConfig[]): Promise<void> {
    const added = configs.filter(config => this.#table.get(config.topicName) === undefined).length
    if (this.#table.size + added > this.#options.topicCountMax && added > 0) {
      const limit = this.#options.topicCountMax
      throw new MqError('MQ_NOT_PERMITTED', `the broker has ${this.#table.size} topics, at most ${limit} are allowed`, {
        suggestions: ['delete topics that are not used, or raise topicCountMax']
      })
    }
    await this.#table.write(configs.map(config => [config.topicName, config] as const))
    await this.#announce()
  }

  async delete(topic: string): Promise<boolean> {
    if (this.#table.get(topic) === undefined) return false
    await this.#table.write([[topic, undefined]])
    await this.#announce()
    return true
  }

  /** Makes NameServers hear of all topics again: something about the broker changed that they show per topic. */
  async touch(): Promise<void> {
    await this.#table.touch()
    await this.#announce()
  }

  #full(): boolean {
    if (this.#table.size + this.#making.size < this.#options.topicCountMax) return false
    this.#log.warn({ topics: this.#table.size }, 'a topic was not made, since topicCountMax is reached')
    return true
  }

  #make(config: TopicConfig): Promise<TopicConfig> {
    const topic = config.topicName
    const under = this.#making.get(topic)
    if (under !== undefined) return under
    const made = this.#table
      .write([[topic, config]])
      .then(() => {
        this.#log.info({ topic, queues: config.writeQueueNums }, 'topic made')
        this.#announceSoon()
        return config
      })
      .finally(() => this.#making.delete(topic))
    this.#making.set(topic, made)
    return made
  }

  #announceSoon(): void {
    this.#announce().catch(() => {})
  }
}
