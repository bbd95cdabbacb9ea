/**
 * Every administrative act, as commands, dashboards and the HTTP API see it. The rows are plain data that go through
 * JSON unchanged; names are RocketMQ's own, times come as RFC 3339 text with a twin in milliseconds.
 */

import type {
  CloneResult,
  CloneWish,
  ConsumerRow,
  Deleted,
  DeleteOptions,
  GroupDescription,
  GroupLag,
  GroupMembers,
  GroupOptions,
  GroupRow,
  GroupSpec,
  ProducerRow,
  PutGroup,
  ResetResult,
  ResetWish
} from './group-rows.ts'
import type {
  NewMessage,
  ParkedRow,
  ReplayResult,
  ReplayWish,
  ResendWish,
  SentMessage,
  TimeSearch
} from './message-acts.ts'
import type { ClusterHealth, WritePermission } from './operation-rows.ts'

/** A list that may lack what a broker did not tell. */
export interface Listing<Item> {
  readonly items: readonly Item[]
  readonly warnings: readonly string[]
}

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

export interface Target {
  readonly cluster?: string | undefined
  readonly brokers?: readonly string[] | undefined
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

export interface ClusterRow {
  readonly cluster: string
  readonly brokerName: string
  readonly brokerId: number
  readonly address: string
  readonly version: string
  /** Messages per second over the last 10 s; absent when the broker did not tell. */
  readonly inTps?: number
  readonly outTps?: number
  readonly diskUsedPercent?: number
  readonly started?: string
  readonly startedMs?: number
  readonly active?: boolean
}

export interface ConfigEntry {
  readonly key: string
  readonly value: string
}

export interface MessageRow {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly messageId: string
  readonly offsetMessageId: string
  readonly tags?: string
  readonly keys?: string
  readonly properties: Readonly<Record<string, string>>
  readonly body: string
  readonly bodyEncoding: 'utf8' | 'base64'
  readonly born: string
  readonly bornMs: number
  readonly stored: string
  readonly storedMs: number
  readonly bornHost: string
  readonly storeHost: string
  readonly reconsumeTimes: number
  readonly sysFlag: number
  readonly storeSize: number
}

export interface KeySearch {
  readonly topic: string
  readonly key: string
  /** Most messages in all. */
  readonly limit: number
  /** Store time window, milliseconds since 1970. */
  readonly fromMs: number
  readonly toMs: number
}

export interface FoundMessages extends Listing<MessageRow> {
  /** Whether more would have matched. */
  readonly truncated: boolean
}

export interface MessagePage extends FoundMessages {
  /** Where the next page begins; absent at the end. */
  readonly next?: string
}

export interface Admin {
  topics(): Promise<Listing<TopicRow>>
  /** Rejects with MQ_ALREADY_EXISTS, MQ_USAGE (a name or number that brokers refuse). */
  createTopic(spec: TopicSpec, options: CreateOptions): Promise<CreatedTopic>
  describeTopic(topic: string): Promise<TopicDescription>
  /** Resolves to the brokers it was deleted on. Rejects with MQ_TOPIC_NOT_FOUND. */
  deleteTopic(topic: string, target: Target & { readonly dryRun?: boolean | undefined }): Promise<readonly string[]>
  topicRoute(topic: string): Promise<readonly RouteRow[]>
  clusters(): Promise<Listing<ClusterRow>>
  /** All settings of a broker, by its name; of the only one when no name is given. */
  brokerConfig(broker: string | undefined): Promise<readonly ConfigEntry[]>
  /** Resolves to the settings as the broker has them afterwards. */
  setBrokerConfig(broker: string | undefined, entries: readonly ConfigEntry[]): Promise<readonly ConfigEntry[]>
  messagesByKey(search: KeySearch): Promise<FoundMessages>
  /** By offset id or by the sender's id. Rejects with MQ_NOT_FOUND. */
  messageById(topic: string, id: string): Promise<MessageRow>
  /** Rejects with MQ_NOT_FOUND. */
  messageByOffset(topic: string, broker: string, queueId: number, offset: number): Promise<MessageRow>
  /** Messages in the order in which they were stored. Rejects with MQ_USAGE (cursor), MQ_TOPIC_NOT_FOUND. */
  messagesByTime(search: TimeSearch): Promise<MessagePage>
  /** Resolves when the message is stored. */
  sendMessage(message: NewMessage): Promise<SentMessage>
  /** Stores a copy with a new id. Rejects with MQ_NOT_FOUND. */
  resendMessage(wish: ResendWish): Promise<SentMessage>
  groups(): Promise<Listing<GroupRow>>
  /** Rejects with MQ_NOT_FOUND, as the next one and all changes of groups. */
  describeGroup(group: string): Promise<GroupDescription>
  groupLag(group: string, topic?: string | undefined): Promise<GroupLag>
  /** Who is in it now; a group that nobody knows is just not online. */
  groupMembers(group: string): Promise<GroupMembers>
  /** Rejects with MQ_ALREADY_EXISTS, MQ_USAGE. */
  putGroup(spec: GroupSpec, options: GroupOptions): Promise<PutGroup>
  /** Deletes the group and its offsets, not its retry and dead letter topics. Rejects with MQ_NOT_PERMITTED. */
  deleteGroup(group: string, options: DeleteOptions): Promise<Deleted>
  /** With `dryRun` the plan; without it the same plan, done. */
  resetOffset(wish: ResetWish): Promise<ResetResult>
  cloneOffsets(wish: CloneWish): Promise<CloneResult>
  /** Clients that are connected, of one group or of all. */
  consumers(group?: string | undefined): Promise<Listing<ConsumerRow>>
  producers(group?: string | undefined): Promise<Listing<ProducerRow>>
  /** Groups with dead letters, or with messages that wait for another try. */
  parkedGroups(kind: 'dlq' | 'retry'): Promise<Listing<ParkedRow>>
  /** Sends dead letters again, one page a call; they also stay where they are. */
  replayDeadLetters(wish: ReplayWish): Promise<ReplayResult>
  clusterHealth(cluster?: string | undefined): Promise<ClusterHealth>
  brokerRuntime(broker: string): Promise<readonly ConfigEntry[]>
  /** Whether producers are sent to the broker. */
  setWritable(broker: string, writable: boolean, dryRun?: boolean | undefined): Promise<WritePermission>
  namesrvConfig(): Promise<readonly ConfigEntry[]>
  kv(namespace: string): Promise<readonly ConfigEntry[]>
  putKv(namespace: string, entry: ConfigEntry): Promise<void>
  deleteKv(namespace: string, key: string): Promise<void>
}
