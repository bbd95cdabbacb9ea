/**
 * Every administrative act, as commands, dashboards and the HTTP API see it. The rows are plain data that go through
 * JSON unchanged; names are RocketMQ's own, times come as RFC 3339 text with a twin in milliseconds.
 */

import type { BrokerActs, ClusterActs, ClusterRow, ConfigChange } from './broker-rows.ts'
import type { GroupActs } from './group-acts.ts'
import type { GroupConfigActs } from './group-config-rows.ts'
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
  GroupSpec,
  ProducerRow,
  PutGroup,
  ResetResult,
  ResetWish
} from './group-rows.ts'
import type {
  MessageActs,
  NewMessage,
  ParkedRow,
  ReplayResult,
  ReplayWish,
  ResendWish,
  SentMessage,
  TimeSearch
} from './message-acts.ts'
import type { MessagePage, MessageRow } from './message-rows.ts'
import type { ClusterHealth, WritePermission } from './operation-rows.ts'
import type { ConfigEntry, Listing, Target } from './shared-rows.ts'
import type { Streams } from './stream-rows.ts'
import type {
  CreatedTopic,
  CreateOptions,
  DeletedTopic,
  RouteRow,
  TopicActs,
  TopicDescription,
  TopicRow,
  TopicSpec
} from './topic-rows.ts'

export type { ClusterRow } from './broker-rows.ts'
export type { GroupActs } from './group-acts.ts'
export type { KeySearch, MessageActs } from './message-acts.ts'
export type { FoundMessages, MessagePage, MessageRow } from './message-rows.ts'
export type { ConfigEntry, Listing, Target } from './shared-rows.ts'
export type {
  CreatedTopic,
  CreateOptions,
  QueueRow,
  RouteRow,
  TopicBrokerRow,
  TopicDescription,
  TopicRow,
  TopicSpec,
  TopicType
} from './topic-rows.ts'

export interface Admin extends GroupActs, MessageActs, TopicActs, BrokerActs, ClusterActs, GroupConfigActs, Streams {
  topics(): Promise<Listing<TopicRow>>
  /** Rejects with MQ_ALREADY_EXISTS, MQ_USAGE (a name or number that brokers refuse). */
  createTopic(spec: TopicSpec, options: CreateOptions): Promise<CreatedTopic>
  describeTopic(topic: string): Promise<TopicDescription>
  /** Rejects with MQ_TOPIC_NOT_FOUND. */
  deleteTopic(topic: string, target: Target & { readonly dryRun?: boolean | undefined }): Promise<DeletedTopic>
  topicRoute(topic: string): Promise<readonly RouteRow[]>
  clusters(): Promise<Listing<ClusterRow>>
  /** All settings of a broker, by its name; of the only one when no name is given. */
  brokerConfig(broker: string | undefined): Promise<readonly ConfigEntry[]>
  /** Resolves to the settings as the broker has them afterwards, or would have. Rejects with MQ_PRECONDITION_FAILED. */
  setBrokerConfig(
    broker: string | undefined,
    entries: readonly ConfigEntry[],
    change?: ConfigChange | undefined
  ): Promise<readonly ConfigEntry[]>
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
  putKv(namespace: string, entry: ConfigEntry, dryRun?: boolean | undefined): Promise<void>
  deleteKv(namespace: string, key: string, dryRun?: boolean | undefined): Promise<void>
}
