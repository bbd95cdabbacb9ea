/** What is asked and answered about messages: searches, what became of one, sending again, dead letters, traces. */
import type { MessagePage } from './message-rows.ts'

export interface TimeSearch {
  readonly topic: string
  /** Store time window, milliseconds since 1970; `toMs` is not part of it. */
  readonly fromMs: number
  readonly toMs: number
  /** Most messages of this page. */
  readonly limit: number
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  /** `*`, or tags as `A || B`; all when absent. */
  readonly tags?: string | undefined
  /** Only this queue, on all brokers or on the named one. */
  readonly queueId?: number | undefined
  readonly brokerName?: string | undefined
}

export interface KeySearch {
  readonly topic: string
  readonly key: string
  /** Most messages of this page. */
  readonly limit: number
  /** Store time window, milliseconds since 1970. */
  readonly fromMs: number
  readonly toMs: number
  /** `next` of the page before. */
  readonly cursor?: string | undefined
}

/** One entry of a consume queue as it lies there. */
export interface QueueEntryRow {
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  readonly physicalOffset: number
  /** Bytes of the stored message. */
  readonly size: number
  /** Java's hash of the tags, 0 without. */
  readonly tagsCode: number
}

export interface QueueEntries {
  readonly topic: string
  readonly minOffset: number
  readonly maxOffset: number
  readonly items: readonly QueueEntryRow[]
}

export interface EntriesWish {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly index: number
  readonly count: number
}

/**
 * `CONSUMED`; `FILTERED` = passed over, since its tags are not subscribed; `WAITING` = not consumed yet; `OFFLINE` =
 * not consumed, and nobody is online; `BROADCAST` = each client keeps its own offsets, so no broker knows; `UNKNOWN` =
 * its broker did not tell.
 */
export type ConsumptionStatus = 'CONSUMED' | 'FILTERED' | 'WAITING' | 'OFFLINE' | 'BROADCAST' | 'UNKNOWN'

export interface ConsumptionRow {
  readonly group: string
  readonly status: ConsumptionStatus
  /** What the group has committed in the message's queue; absent when nothing. */
  readonly consumerOffset?: number
}

export interface MessageStatus {
  readonly topic: string
  readonly messageId: string
  readonly offsetMessageId: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  /** One for each group that reads the topic. */
  readonly groups: readonly ConsumptionRow[]
  readonly warnings: readonly string[]
}

export interface ConsumeDirectlyWish {
  readonly topic: string
  readonly id: string
  readonly group: string
  /** The member that is to consume it; needed when there are several. */
  readonly clientId?: string | undefined
}

export interface ConsumedDirectly {
  readonly group: string
  readonly clientId: string
  readonly messageId: string
  /** As the client says: `CR_SUCCESS`, `CR_LATER`, `CR_ROLLBACK`, `CR_COMMIT`, `CR_THROW_EXCEPTION`, `CR_RETURN_NULL`. */
  readonly result: string
  readonly spentMs: number
  readonly order: boolean
  readonly remark?: string
}

export interface TraceWish {
  /** Id of the message, or one of its keys. */
  readonly key: string
  /** Topic that holds the traces; `RMQ_SYS_TRACE_TOPIC` when absent. */
  readonly traceTopic?: string | undefined
  readonly fromMs: number
  readonly toMs: number
  /** Most records of traces that are read. */
  readonly limit: number
}

/** One thing that happened to a message, as a client wrote it down. */
export interface TraceRow {
  /** Sent, began to be consumed, was consumed, a transaction's end, was called back. */
  readonly kind: 'PUB' | 'SUB_BEFORE' | 'SUB_AFTER' | 'END_TRANSACTION' | 'RECALL'
  readonly at?: string
  readonly atMs?: number
  readonly group: string
  readonly messageId: string
  readonly topic?: string
  readonly tags?: string
  readonly keys?: string
  readonly storeHost?: string
  readonly clientHost?: string
  readonly offsetMessageId?: string
  readonly bodyLength?: number
  readonly costMs?: number
  readonly retryTimes?: number
  readonly success: boolean
  /** What was made of it: `SUCCESS`, `EXCEPTION`, `FAILED`, `COMMIT_MESSAGE` and so on. */
  readonly status?: string
  /** Tells several tries apart. */
  readonly requestId?: string
  readonly messageType?: string
}

export interface MessageTrace {
  readonly key: string
  readonly traceTopic: string
  /** Oldest first. */
  readonly items: readonly TraceRow[]
  readonly truncated: boolean
  readonly warnings: readonly string[]
}

export interface TraceListWish {
  readonly traceTopic?: string | undefined
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
  readonly cursor?: string | undefined
}

export interface TracePage {
  readonly items: readonly TraceRow[]
  readonly truncated: boolean
  readonly next?: string
  readonly warnings: readonly string[]
}

export interface MessageActs {
  /** Newest first. Rejects with MQ_USAGE (cursor). */
  messagesByKey(search: KeySearch): Promise<MessagePage>
  /** Which groups have consumed a message. Rejects with MQ_NOT_FOUND. */
  messageStatus(topic: string, id: string): Promise<MessageStatus>
  /** Hands a stored message to one consumer, now. Rejects with MQ_NOT_FOUND (message, client), MQ_USAGE (which client?). */
  consumeDirectly(wish: ConsumeDirectlyWish): Promise<ConsumedDirectly>
  /** Rejects with MQ_NOT_FOUND (queue). */
  queueEntries(wish: EntriesWish): Promise<QueueEntries>
  /** What clients wrote down of one message. Empty without traces; rejects with MQ_TOPIC_NOT_FOUND without their topic. */
  messageTrace(wish: TraceWish): Promise<MessageTrace>
  /** All traces of a window of time, in the order in which they were stored. */
  traces(wish: TraceListWish): Promise<TracePage>
}

export interface NewMessage {
  readonly topic: string
  readonly body: string
  readonly bodyEncoding?: 'utf8' | 'base64' | undefined
  readonly keys?: string | undefined
  readonly tags?: string | undefined
  readonly properties?: Readonly<Record<string, string>> | undefined
  readonly delayLevel?: number | undefined
  readonly queueId?: number | undefined
  readonly brokerName?: string | undefined
}

export interface SentMessage {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  readonly messageId: string
  readonly offsetMessageId: string
  readonly status: string
}

export interface ResendWish {
  readonly topic: string
  readonly id: string
  /** The topic that gets the copy; the message's own when absent. */
  readonly to?: string | undefined
}

export interface ParkedRow {
  readonly group: string
  readonly topic: string
  readonly messages: number
  readonly lastUpdate?: string
  readonly lastUpdateMs?: number
}

export interface ReplayWish {
  readonly group: string
  /** Only these, by their ids; the window and the cursor do not count then. */
  readonly ids?: readonly string[] | undefined
  /** The topic that gets the messages; the one where each came from when absent. */
  readonly to?: string | undefined
  readonly fromMs: number
  readonly toMs: number
  /** Most messages of this call. */
  readonly limit: number
  readonly cursor?: string | undefined
  readonly dryRun?: boolean | undefined
}

export interface ReplayRow {
  readonly messageId: string
  readonly to: string
  readonly outcome: 'planned' | 'sent' | 'failed'
  /** Id of the copy. */
  readonly sentAs?: string
}

export interface ReplayResult {
  readonly group: string
  readonly dryRun: boolean
  readonly items: readonly ReplayRow[]
  readonly warnings: readonly string[]
  readonly truncated: boolean
  readonly next?: string
}
