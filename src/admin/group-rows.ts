/** Consumer groups and their members, as administrative acts give and take them. Plain data, as in admin.ts. */
import type { Target } from './shared-rows.ts'

export interface GroupRow {
  readonly group: string
  readonly brokers: readonly string[]
  /** One of Apache's own tools and services. */
  readonly system: boolean
  /** Topics that the group has offsets of. */
  readonly topics: readonly string[]
  /** Messages not yet consumed, over all topics and brokers that answered. */
  readonly lag: number
  /** Messages per second. */
  readonly consumeTps: number
  /** Clients that are online; this and the next two only when members were asked for. */
  readonly members?: number
  /** `CONSUME_PASSIVELY` = push, `CONSUME_ACTIVELY` = pull; absent when nobody is online. */
  readonly consumeType?: string
  readonly messageModel?: string
}

/** Settings of a group; those that are left out keep their value, or take the broker's default in a new group. */
export interface GroupSpec {
  readonly group: string
  readonly consumeEnable?: boolean | undefined
  readonly consumeBroadcastEnable?: boolean | undefined
  readonly consumeMessageOrderly?: boolean | undefined
  readonly retryQueueNums?: number | undefined
  readonly retryMaxTimes?: number | undefined
  /** Minutes. */
  readonly consumeTimeoutMinute?: number | undefined
  /** Whether a group without offsets may begin at the first message. */
  readonly consumeFromMinEnable?: boolean | undefined
  /** Broker of the group's name that it reads from: 0 = master. */
  readonly brokerId?: number | undefined
  /** Broker id to read from while the other one is slow. */
  readonly whichBrokerWhenConsumeSlowly?: number | undefined
  /** Whether members are told when others come and go. */
  readonly notifyConsumerIdsChangedEnable?: boolean | undefined
}

export interface GroupBrokerRow {
  readonly brokerName: string
  readonly cluster: string
  readonly address: string
  readonly consumeEnable: boolean
  readonly consumeBroadcastEnable: boolean
  readonly consumeMessageOrderly: boolean
  readonly retryQueueNums: number
  readonly retryMaxTimes: number
  readonly consumeTimeoutMinute: number
  readonly consumeFromMinEnable: boolean
  readonly brokerId: number
  readonly whichBrokerWhenConsumeSlowly: number
  readonly notifyConsumerIdsChangedEnable: boolean
  /** Topics that the group may not read now. */
  readonly pausedTopics: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
}

export interface MemberRow {
  readonly clientId: string
  /** `host:port` as brokers see it. */
  readonly address: string
  readonly language: string
  readonly version: string
  readonly brokers: readonly string[]
}

export interface SubscriptionRow {
  readonly topic: string
  readonly expression: string
  readonly expressionType: string
}

export interface GroupMembers {
  readonly group: string
  readonly online: boolean
  /** `CONSUME_PASSIVELY` = push, `CONSUME_ACTIVELY` = pull; absent when nobody is online, as the next two. */
  readonly consumeType?: string
  readonly messageModel?: string
  readonly members: readonly MemberRow[]
  readonly subscriptions: readonly SubscriptionRow[]
  readonly warnings: readonly string[]
}

export interface GroupDescription extends GroupMembers {
  readonly brokers: readonly GroupBrokerRow[]
  readonly topics: readonly string[]
  readonly lag: number
}

export interface LagRow {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly brokerOffset: number
  readonly consumerOffset: number
  readonly lag: number
  /** Store time of the last consumed message; absent when none was. */
  readonly lastConsumed?: string
  readonly lastConsumedMs?: number
}

export interface GroupLag {
  readonly group: string
  readonly lag: number
  readonly consumeTps: number
  readonly queues: readonly LagRow[]
  readonly warnings: readonly string[]
}

export interface GroupOptions extends Target {
  readonly existing: 'fail' | 'keep' | 'update'
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean | undefined
}

export interface PutGroup {
  readonly group: string
  readonly outcome: 'created' | 'updated' | 'kept'
  readonly brokers: readonly string[]
  readonly dryRun: boolean
}

export interface DeleteOptions extends Target {
  /** Whether its offsets go too; they do when absent. */
  readonly withOffsets?: boolean | undefined
  readonly dryRun?: boolean | undefined
}

export interface Deleted {
  readonly brokers: readonly string[]
  readonly dryRun: boolean
}

export interface QueueOffset {
  readonly brokerName: string
  readonly queueId: number
  readonly offset: number
}

/** Where to: an end of each queue, the first message stored at or after a time, one offset for all, or one for each. */
export type ResetTarget =
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'time'; readonly timeMs: number }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'offsets'; readonly offsets: readonly QueueOffset[] }

export interface ResetWish {
  readonly group: string
  readonly topic: string
  readonly to: ResetTarget
  /** Only this queue, on all brokers or on the named one. */
  readonly queueId?: number | undefined
  readonly brokerName?: string | undefined
  readonly dryRun?: boolean | undefined
}

export interface ResetRow {
  readonly brokerName: string
  readonly queueId: number
  readonly minOffset: number
  readonly maxOffset: number
  /** What the group has committed; absent when nothing. */
  readonly from?: number
  readonly to: number
  /** `replay` = messages are consumed again, `skip` = some are never consumed. */
  readonly effect: 'replay' | 'skip' | 'none'
  /** How many messages are consumed again or skipped. */
  readonly messages: number
  readonly outcome: 'planned' | 'done' | 'failed'
}

export interface ResetResult {
  readonly group: string
  readonly topic: string
  readonly online: boolean
  readonly dryRun: boolean
  readonly replayed: number
  readonly skipped: number
  readonly queues: readonly ResetRow[]
  readonly warnings: readonly string[]
}

export interface CloneWish {
  readonly group: string
  /** The group that gets the offsets. */
  readonly into: string
  /** Only this topic. */
  readonly topic?: string | undefined
  readonly dryRun?: boolean | undefined
}

export interface CloneResult {
  readonly group: string
  readonly into: string
  readonly dryRun: boolean
  readonly topics: readonly string[]
  readonly brokers: readonly string[]
}

export interface ProducerRow {
  readonly group: string
  readonly clientId: string
  readonly address: string
  readonly language: string
  readonly version: string
  readonly lastSeen: string
  readonly lastSeenMs: number
  readonly brokers: readonly string[]
}

export interface ConsumerRow extends MemberRow {
  readonly group: string
}
