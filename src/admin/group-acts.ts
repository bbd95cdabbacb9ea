/** What a member of a group tells of itself, and the acts on groups beyond listing and resetting. Plain data, as in admin.ts. */
import type { GroupRow, QueueOffset, SubscriptionRow } from './group-rows.ts'
import type { BrokerOutcomes, ConfigEntry, Listing, Target } from './shared-rows.ts'

export interface GroupsWish {
  /** Also who is online: a request a group and broker, since there is no bulk request for it. */
  readonly members?: boolean | undefined
}

export interface HeldQueueRow {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  /** What the member committed last. */
  readonly commitOffset: number
  /** Messages that it has fetched and not yet finished. */
  readonly cachedMessages: number
  readonly cachedMiB: number
  /** Held by this member alone, for orderly consumption. */
  readonly locked: boolean
  /** Taken away from the member; it is about to stop reading it. */
  readonly dropped: boolean
  readonly lastPull?: string
  readonly lastPullMs?: number
  readonly lastConsume?: string
  readonly lastConsumeMs?: number
}

export interface MemberRateRow {
  readonly topic: string
  /** Mean milliseconds of a pull, and of consuming a message. */
  readonly pullRt: number
  readonly consumeRt: number
  /** A second. */
  readonly pullTps: number
  readonly consumeOkTps: number
  readonly consumeFailedTps: number
  /** In the last hour. */
  readonly consumeFailed: number
}

export interface MemberDetail {
  readonly group: string
  readonly clientId: string
  /** How it was set up, by the client's own names. */
  readonly config: readonly ConfigEntry[]
  readonly subscriptions: readonly SubscriptionRow[]
  readonly queues: readonly HeldQueueRow[]
  readonly rates: readonly MemberRateRow[]
  /** Stacks of its threads; absent when not asked for, or when the client has none to tell. */
  readonly stack?: string
}

export interface MemberWish {
  readonly group: string
  readonly clientId: string
  readonly stack?: boolean | undefined
}

export interface MemberSubscriptions {
  readonly clientId: string
  readonly consumeType?: string
  readonly subscriptions: readonly SubscriptionRow[]
}

export interface GroupSubscriptions {
  readonly group: string
  readonly online: boolean
  /** Whether all members that answered subscribe the same; messages get lost to a group whose members differ. */
  readonly consistent: boolean
  readonly members: readonly MemberSubscriptions[]
  /** One sentence for each difference. */
  readonly findings: readonly string[]
  readonly warnings: readonly string[]
}

export interface PauseWish extends Target {
  readonly group: string
  /** Only this topic; the whole group when absent. */
  readonly topic?: string | undefined
  readonly paused: boolean
  readonly dryRun?: boolean | undefined
}

export interface PausedGroup extends BrokerOutcomes {
  readonly group: string
  readonly topic?: string
  readonly paused: boolean
}

export interface ModeWish extends Target {
  readonly group: string
  readonly topic: string
  readonly mode: 'PULL' | 'POP'
  /** Queues that each client of a popping group shares; 0 = all of them. */
  readonly popShareQueueNum?: number | undefined
  readonly dryRun?: boolean | undefined
}

export interface GroupMode extends BrokerOutcomes {
  readonly group: string
  readonly topic: string
  readonly mode: 'PULL' | 'POP'
}

export interface TopicQueueOffset extends QueueOffset {
  readonly topic: string
}

/** What a group has committed, as it is written to a file and put back. */
export interface GroupOffsets {
  readonly group: string
  readonly offsets: readonly TopicQueueOffset[]
  readonly warnings: readonly string[]
}

export interface GroupActs {
  /** Lag, and with `members` who is online. */
  groups(wish?: GroupsWish | undefined): Promise<Listing<GroupRow>>
  /** Asks the member itself, through a broker. Rejects with MQ_NOT_FOUND (not online), MQ_TIMEOUT, MQ_NOT_SUPPORTED. */
  groupMember(wish: MemberWish): Promise<MemberDetail>
  /** Asks each member for its subscriptions and compares them. */
  groupSubscriptions(group: string): Promise<GroupSubscriptions>
  /** Whether brokers give the group messages. Rejects with MQ_NOT_FOUND. */
  pauseGroup(wish: PauseWish): Promise<PausedGroup>
  /** Rejects with MQ_NOT_SUPPORTED when the brokers have no POP. */
  groupMode(wish: ModeWish): Promise<GroupMode>
  /** Only offsets that were committed. Rejects with MQ_NOT_FOUND. */
  groupOffsets(group: string, topic?: string | undefined): Promise<GroupOffsets>
}
