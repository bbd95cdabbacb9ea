/** Each consumer group on each broker with its settings: what exports and plans of changes start from. */
import type { Session } from '../client/session.ts'
import type { GroupConfig } from '../protocol/bodies/group-config.ts'
import { isSystemGroup } from '../protocol/topic-names.ts'
import { fromEach } from './ask-brokers.ts'
import { groupConfigs } from './group-configs.ts'
import type { Listing } from './shared-rows.ts'
import { allMasters } from './targets.ts'

export interface GroupConfigRow {
  readonly group: string
  readonly brokerName: string
  readonly cluster: string
  /** One of the brokers' own tools and services. */
  readonly system: boolean
  readonly consumeEnable: boolean
  readonly consumeFromMinEnable: boolean
  readonly consumeBroadcastEnable: boolean
  readonly consumeMessageOrderly: boolean
  readonly retryQueueNums: number
  readonly retryMaxTimes: number
  readonly consumeTimeoutMinute: number
  readonly brokerId: number
  readonly whichBrokerWhenConsumeSlowly: number
  readonly notifyConsumerIdsChangedEnable: boolean
  readonly attributes: Readonly<Record<string, string>>
}

export interface GroupConfigActs {
  /** Each group on each broker, with its settings. */
  groupConfigs(): Promise<Listing<GroupConfigRow>>
}

export const everyGroupConfig = async (session: Session): Promise<Listing<GroupConfigRow>> => {
  const { answers, warnings } = await fromEach(await allMasters(session), 'its groups are unknown', master =>
    groupConfigs(session, master)
  )
  const items = answers.flatMap(({ master, answer }) =>
    answer.map((config): GroupConfigRow => {
      const { brokerName, cluster } = master
      return { group: config.groupName, brokerName, cluster, system: isSystemGroup(config.groupName), ...rest(config) }
    })
  )
  const order = (row: GroupConfigRow): string => `${row.group}\n${row.brokerName}`
  return { items: items.sort((left, right) => (order(left) < order(right) ? -1 : 1)), warnings }
}

const rest = (config: GroupConfig): Omit<GroupConfigRow, 'group' | 'brokerName' | 'cluster' | 'system'> => ({
  consumeEnable: config.consumeEnable,
  consumeFromMinEnable: config.consumeFromMinEnable,
  consumeBroadcastEnable: config.consumeBroadcastEnable,
  consumeMessageOrderly: config.consumeMessageOrderly,
  retryQueueNums: config.retryQueueNums,
  retryMaxTimes: config.retryMaxTimes,
  consumeTimeoutMinute: config.consumeTimeoutMinute,
  brokerId: config.brokerId,
  whichBrokerWhenConsumeSlowly: config.whichBrokerWhenConsumeSlowly,
  notifyConsumerIdsChangedEnable: config.notifyConsumerIdsChangedEnable,
  attributes: { ...config.attributes }
})
