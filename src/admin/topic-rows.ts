/** Topics, as administrative acts give and take them. Plain data, as in admin.ts. */
import type { BrokerOutcome, Listing, Target } from './shared-rows.ts'

export type TopicType =
  | 'NORMAL'
  | 'FIFO'
  | 'DELAY'
  | 'TRANSACTION'
  | 'MIXED'
  | 'LITE'
  | 'RETRY'
  | 'DLQ'
  | 'SYSTEM'
  | 'UNKNOWN'

export interface TopicRow {
  readonly topic: string
  readonly type: TopicType
  readonly brokers: readonly string[]
  /** Sums over the brokers; absent when none of them told. */
  readonly readQueueNums?: number
  readonly writeQueueNums?: number
  /** `RW`, `R`, `W` or nothing; several when brokers differ. */
  readonly perm?: string
}

export interface TopicSpec {
  readonly topic: string
  readonly readQueueNums: number
  readonly writeQueueNums: number
  /** Bits of permissions.ts. */
  readonly perm: number
  readonly order: boolean
  readonly attributes: Readonly<Record<string, string>>
}

export interface CreateOptions extends Target {
  /** What to do when the topic is there. */
  readonly existing: 'fail' | 'keep' | 'update'
  /** Resolve only when NameServers give its route. */
  readonly wait: boolean
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean | undefined
}

export interface CreatedTopic extends TopicSpec {
  readonly outcome: 'created' | 'updated' | 'kept'
  readonly brokers: readonly string[]
  /** Brokers that refused; absent when none did. */
  readonly failed?: readonly BrokerOutcome[]
}

export interface QueueRow {
  readonly brokerName: string
  readonly queueId: number
  readonly minOffset: number
  readonly maxOffset: number
  /** Store time of the last message; absent when there is none. */
  readonly lastUpdate?: string
  readonly lastUpdateMs?: number
}

export interface TopicBrokerRow {
  readonly brokerName: string
  readonly cluster: string
  readonly address: string
  readonly readQueueNums: number
  readonly writeQueueNums: number
  readonly perm: string
  readonly order: boolean
  readonly attributes: Readonly<Record<string, string>>
}

export interface TopicDescription {
  readonly topic: string
  readonly type: TopicType
  readonly brokers: readonly TopicBrokerRow[]
  readonly queues: readonly QueueRow[]
  /** Groups that have read it. */
  readonly groups: readonly string[]
  readonly messages: number
  readonly warnings: readonly string[]
}

export interface RouteRow {
  readonly brokerName: string
  readonly cluster: string
  /** Addresses by broker id; `0` = master. */
  readonly addresses: Readonly<Record<string, string>>
  readonly readQueueNums: number
  readonly writeQueueNums: number
  readonly perm: string
}

/** Settings of a topic on one broker. */
export interface TopicSettings {
  readonly readQueueNums: number
  readonly writeQueueNums: number
  /** `RW`, `R`, `W` or nothing. */
  readonly perm: string
  readonly order: boolean
  readonly attributes: Readonly<Record<string, string>>
}

/** A topic as one broker has it. */
export interface TopicConfigRow extends TopicSettings {
  readonly topic: string
  readonly type: TopicType
  readonly brokerName: string
  readonly cluster: string
}

/** What is to be changed; everything that is left out stays as it is. */
export interface TopicChange {
  readonly topic: string
  readonly readQueueNums?: number | undefined
  readonly writeQueueNums?: number | undefined
  /** Bits of permissions.ts: 4 reads, 2 writes. */
  readonly perm?: number | undefined
  readonly order?: boolean | undefined
  /** Attributes to set. */
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly removeAttributes?: readonly string[] | undefined
}

export interface ChangeOptions extends Target {
  /** Tell what would be done, and do nothing. */
  readonly dryRun?: boolean | undefined
}

export interface TopicChangeRow extends BrokerOutcome {
  readonly before: TopicSettings
  readonly after: TopicSettings
}

export interface ChangedTopic {
  readonly topic: string
  readonly dryRun: boolean
  readonly brokers: readonly TopicChangeRow[]
}

export interface DeletedTopic {
  readonly topic: string
  readonly dryRun: boolean
  readonly brokers: readonly BrokerOutcome[]
}

export interface QueueOffsetRow extends QueueRow {
  /** The first offset stored at the asked time or later; the end of the queue when there is none. */
  readonly offsetAtTime?: number
}

/** A group that reads a topic. */
export interface TopicGroupRow {
  readonly group: string
  /** Messages not yet consumed. */
  readonly lag: number
  /** Messages per second. */
  readonly outTps: number
  /** Messages of the last 24 hours, or of the time since the broker started. */
  readonly outMessages24h: number
  /** Store time of the last consumed message; absent when none was. */
  readonly lastConsumed?: string
  readonly lastConsumedMs?: number
}

export interface TopicStatsRow {
  readonly topic: string
  /** Messages that can be read now. */
  readonly messages: number
  /** Messages that were ever stored. */
  readonly maxOffset: number
  /** Messages per second, over the last minute. */
  readonly inTps: number
  /** Messages of the last 24 hours, or of the time since the broker started. */
  readonly inMessages24h: number
  readonly inBytes24h: number
  /** Sums over the groups. */
  readonly outTps: number
  readonly outMessages24h: number
  readonly lag: number
  readonly groups: readonly TopicGroupRow[]
}

export interface TopicActs {
  /** Each topic on each broker, with its settings. */
  topicConfigs(): Promise<Listing<TopicConfigRow>>
  /** Changes what is named on each broker that has the topic. Rejects with MQ_TOPIC_NOT_FOUND, MQ_USAGE. */
  changeTopic(change: TopicChange, options: ChangeOptions): Promise<ChangedTopic>
  /** Queue by queue; with a time (milliseconds since 1970) also the offset at it. Rejects with MQ_TOPIC_NOT_FOUND. */
  topicOffsets(topic: string, atMs?: number | undefined): Promise<Listing<QueueOffsetRow>>
  /** Who reads it, and how far they are. Rejects with MQ_TOPIC_NOT_FOUND. */
  topicGroups(topic: string): Promise<Listing<TopicGroupRow>>
  /** Of these topics, or of all but retry and dead letter topics. Rejects with MQ_TOPIC_NOT_FOUND for one that is named. */
  topicStats(topics?: readonly string[] | undefined): Promise<Listing<TopicStatsRow>>
}
