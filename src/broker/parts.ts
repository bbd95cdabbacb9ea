/**
 * The broker's parts as its request handlers see them. A handler takes only the parts it uses;
 * `broker.ts` makes them and puts them together.
 */
import type { DataVersion } from '../protocol/bodies/data-version.ts'
import type { GroupConfig } from '../protocol/bodies/group-config.ts'
import type {
  ConsumeFromWhere,
  ConsumerData,
  ConsumeType,
  MessageModel,
  Subscription
} from '../protocol/bodies/heartbeat.ts'
import type { TopicConfig } from '../protocol/bodies/topic-config.ts'
import type { Endpoint, Peer } from '../remoting/peer.ts'

/** Who this broker is. */
export interface BrokerIdentity {
  readonly brokerName: string
  readonly clusterName: string
  /** 0 = master. */
  readonly brokerId: number
  /** What offset message ids carry and what is registered. */
  readonly advertised: Endpoint
  readonly regionId: string
}

export interface TopicTable {
  get(topic: string): TopicConfig | undefined
  all(): IterableIterator<TopicConfig>
  readonly dataVersion: DataVersion
  /**
   * The topic of a send: as it is, or made from `defaultTopic` when that one may be inherited from (Java:
   * createTopicInSendMessageMethod). Undefined when absent and not to be made.
   */
  forSend(
    topic: string,
    defaultTopic: string,
    queueNums: number,
    topicSysFlag: number
  ): Promise<TopicConfig | undefined>
  /** %RETRY% and %DLQ% topics, made on first use (Java: createTopicInSendMessageBackMethod). */
  forSendBack(topic: string, queueNums: number, perm: number, topicSysFlag: number): Promise<TopicConfig>
  /** Creates or replaces; resolves when it is durable and registered with every reachable NameServer. */
  put(config: TopicConfig): Promise<void>
  /** Resolves to false when there was none. */
  delete(topic: string): Promise<boolean>
  onChange(listener: () => void): void
}

export interface GroupTable {
  get(group: string): GroupConfig | undefined
  all(): IterableIterator<GroupConfig>
  readonly dataVersion: DataVersion
  /** The group, made with defaults when autoCreateSubscriptionGroup allows it. */
  ensure(group: string): GroupConfig | undefined
  put(config: GroupConfig): Promise<void>
  delete(group: string): Promise<boolean>
}

export interface OffsetTable {
  /** The committed offset, or -1. */
  get(group: string, topic: string, queueId: number): number
  /** Refuses (returns false) an offset above the queue's end. Kept in memory; durable within 5 s and at a stop. */
  commit(group: string, topic: string, queueId: number, offset: number): boolean
  /**
   * Sets the offset for consumers that may be online: commits are ignored until the next pull of the queue has been told.
   * Refuses (returns false) an offset below 0 or above the queue's end.
   */
  reset(group: string, topic: string, queueId: number, offset: number): boolean
  /** Whether a reset waits for the next pull of the queue. */
  hasReset(group: string, topic: string, queueId: number): boolean
  /** The offset that was set, for the pull that takes it to the consumer; undefined when none waits. */
  takeReset(group: string, topic: string, queueId: number): number | undefined
  ofGroup(group: string): ReadonlyMap<string, ReadonlyMap<number, number>>
  groupsOf(topic: string): readonly string[]
  deleteGroup(group: string): void
  deleteTopic(topic: string): void
}

export interface ClientMember {
  readonly clientId: string
  readonly peer: Peer
  readonly language: number
  readonly version: number
  /** Clock's monotonic time of the last heartbeat. */
  lastSeen: number
}

export interface ConsumerGroupView {
  readonly groupName: string
  readonly consumeType: ConsumeType
  readonly messageModel: MessageModel
  readonly consumeFromWhere: ConsumeFromWhere
  readonly members: ReadonlyMap<string, ClientMember>
  readonly subscriptions: ReadonlyMap<string, Subscription>
}

export interface ConsumerTable {
  get(group: string): ConsumerGroupView | undefined
  all(): IterableIterator<ConsumerGroupView>
  /** Returns whether membership or subscriptions changed. */
  heartbeat(member: Omit<ClientMember, 'lastSeen'>, data: ConsumerData): boolean
  unregister(group: string, clientId: string, peer: Peer): void
  groupsOf(topic: string): readonly string[]
}

export interface ProducerTable {
  get(group: string): ReadonlyMap<string, ClientMember> | undefined
  all(): IterableIterator<[string, ReadonlyMap<string, ClientMember>]>
  heartbeat(group: string, member: Omit<ClientMember, 'lastSeen'>): void
  unregister(group: string, clientId: string, peer: Peer): void
}

/** Orderly consumers' locks on queues; a lock ends 60 s after it was last taken. Java: RebalanceLockManager. */
export interface QueueLocks {
  lock(group: string, clientId: string, topic: string, queueId: number): boolean
  unlock(group: string, clientId: string, topic: string, queueId: number): void
  anyLocked(group: string): boolean
}

/** Counters behind brokerStatus, consumerProgress and /metrics. */
export interface Traffic {
  stored(topic: string, messages: number, bytes: number): void
  delivered(group: string, topic: string, messages: number, bytes: number): void
  sentBack(group: string, topic: string): void
  /** A pull found nothing. */
  missed(): void
}

/** A held pull: runs again when the queue grows, a sweep finds it, or its time is over. */
export interface HeldPull {
  readonly peer: Peer
  /** Whether a new message with this tag code would interest it. */
  matches(tagsCode: number): boolean
  /** Runs the pull once more; `last` = it must answer now. */
  wake(last: boolean): void
}

export interface LongPolls {
  /** False when the limit of held pulls is reached. */
  hold(topic: string, queueId: number, queueOffset: number, timeoutMs: number, pull: HeldPull): boolean
  readonly held: number
  /** Wakes those that wait for a queue, with `last`: something else than its growth is to be told. */
  wakeQueue(topic: string, queueId: number): void
  /** Wakes all with `last`: at a stop. */
  wakeAll(): void
}
