/**
 * What a message store promises. The broker sees only this; `message-store.ts` keeps it on LevelDB.
 * Words are RocketMQ's: physical offset = position in the commit log in bytes, queue offset = position in a consume queue.
 */
import type { MqError } from '../kit/errors.ts'

/** One message to be stored. Buffers are copied before `append` returns. Java: MessageExtBrokerInner. */
export interface MessageDraft {
  readonly topic: string
  readonly queueId: number
  readonly flag: number
  readonly sysFlag: number
  /** Milliseconds since 1970. */
  readonly bornTimestamp: number
  /** Address of 4 or 16 bytes, followed by the port in 4 bytes, as it stands in the stored message. */
  readonly bornHost: Buffer
  readonly reconsumeTimes: number
  readonly preparedTransactionOffset: number
  readonly body: Buffer
  /** The property string in UTF-8, `name \u0001 value \u0002 …`. KEYS, UNIQ_KEY and TAGS in it are indexed. */
  readonly properties: Buffer
  /** What the consume queue keeps for filtering: the tag's hash, or a delivery time for delayed messages. */
  readonly tagsCode: number
}

/**
 * An append under way: one object a message, made by the caller. The store fills in the place at once, and calls `done`
 * when the message is stored as the flush mode promises, or will not be acknowledged.
 */
export interface PendingAppend {
  queueOffset: number
  physicalOffset: number
  /** Bytes of the stored message. */
  size: number
  /** Milliseconds since 1970; never decreases along the log. */
  storeTimestamp: number
  /** After an error the message may or may not exist. */
  done(error: MqError | undefined): void
}

export interface Place {
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly size: number
  readonly storeTimestamp: number
}

/** Java: GetMessageStatus. */
export type ReadStatus =
  | 'FOUND'
  | 'NO_MATCHED_MESSAGE'
  | 'MESSAGE_WAS_REMOVING'
  | 'OFFSET_FOUND_NULL'
  | 'OFFSET_OVERFLOW_BADLY'
  | 'OFFSET_OVERFLOW_ONE'
  | 'OFFSET_TOO_SMALL'
  | 'NO_MATCHED_LOGIC_QUEUE'
  | 'NO_MESSAGE_IN_QUEUE'

export interface ReadLimits {
  /** At least one message is returned whatever the other limits say. */
  readonly messagesMax: number
  readonly bytesMax: number
  /** Chooses by the consume queue's tag code; absent = every message. */
  readonly matches?: (tagsCode: number) => boolean
}

export interface ReadResult {
  readonly status: ReadStatus
  readonly nextOffset: number
  readonly minOffset: number
  readonly maxOffset: number
  /** Whole stored messages, one after the other; owned by the caller. */
  readonly messages: Buffer
  readonly messageCount: number
}

/** What a consume queue says of one message. */
export interface QueueEntry {
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly size: number
  readonly tagsCode: number
}

/** A consume queue as listeners see it. */
export interface QueueView {
  readonly topic: string
  readonly queueId: number
  /** First queue offset that may still be read. */
  readonly minOffset: number
  /** Queue offset of the next message to become readable. */
  readonly maxOffset: number
  /** Tag code of a recent entry; undefined when it is no longer in memory. */
  tagsCodeAt(queueOffset: number): number | undefined
}

/** Called once a group commit for each queue that it made longer: offsets `from` (inclusive) to `to` (exclusive). */
export type ReadableListener = (queue: QueueView, from: number, to: number) => void

export interface KeyQuery {
  readonly topic: string
  readonly key: string
  /** `K` = KEYS, `U` = UNIQ_KEY, `T` = TAGS. */
  readonly kind: 'K' | 'U' | 'T'
  readonly messagesMax: number
  /** Store time window, inclusive, milliseconds since 1970. */
  readonly beginMs: number
  readonly endMs: number
  /** Continue below this physical offset (exclusive): the previous answer's `next`. */
  readonly before?: number
}

export interface KeyQueryResult {
  /** Whole stored messages, newest first. */
  readonly messages: readonly Buffer[]
  /** Where to go on, or undefined when nothing is left. */
  readonly next: number | undefined
  readonly lastStoreTimestamp: number
  readonly lastPhysicalOffset: number
}

export const metaTables = ['topic', 'group', 'offset', 'delay', 'config'] as const
export type MetaTable = (typeof metaTables)[number]

export interface MetaChange {
  readonly table: MetaTable
  readonly key: string
  /** JSON; undefined removes the row. */
  readonly value: string | undefined
}

/** Small state that must survive a crash once its write has resolved. */
export interface Meta {
  /** All rows of a table. */
  rows(table: MetaTable): Promise<Map<string, string>>
  /** One atomic, synced batch. */
  write(changes: readonly MetaChange[]): Promise<void>
}

/** Settings that may change while the store is open; names, units and defaults are those of options.ts. */
export interface HotStoreSettings {
  readonly fileReservedTime: number
  readonly deleteWhen: string
  readonly diskMaxUsedSpaceRatio: number
  readonly diskSpaceCleanForciblyRatio: number
  readonly cleanFileForciblyEnable: boolean
  readonly diskSpaceWarningLevelRatio: number
  readonly diskSpaceFreeBytesMin: number
  readonly syncFlushTimeout: number
  readonly messageBytesMax: number
}

export interface StoreStats {
  readonly minPhysicalOffset: number
  readonly maxPhysicalOffset: number
  /** End of what a power cut would leave. */
  readonly flushedPhysicalOffset: number
  /** End of what the consume queues cover on disk. */
  readonly dispatchedPhysicalOffset: number
  readonly earliestStoreTimestamp: number
  readonly diskFreeBytes: number
  readonly diskTotalBytes: number
  readonly queueCount: number
  readonly segmentCount: number
  /** Messages and bytes appended since the store was opened. */
  readonly appendedMessages: number
  readonly appendedBytes: number
  readonly groupsCommitted: number
  readonly recentHits: number
  readonly recentMisses: number
  readonly corruptionsFound: number
}

export interface MessageStore {
  readonly meta: Meta
  readonly writable: boolean
  /** Why appends are refused now (disk watermark, write error under repair), or undefined. */
  readonly refusal: MqError | undefined

  /**
   * Encodes the message into the current group, assigns its offsets, and returns. Never throws for a draft within the
   * limits; a refusal is reported through `done` before `append` returns, with queueOffset -1.
   */
  append(draft: MessageDraft, pending: PendingAppend): void
  /** The same for callers off the hot path. Rejects with the error that `done` would get. */
  put(draft: MessageDraft): Promise<Place>
  /** Bytes that wait for their group commit: what backpressure is measured by. */
  readonly pendingBytes: number

  queue(topic: string, queueId: number): QueueView | undefined
  minOffset(topic: string, queueId: number): number
  maxOffset(topic: string, queueId: number): number
  /** Answers at once from memory where it can. Rejects with MQ_STORE_CORRUPT, naming the range, never returns wrong bytes. */
  read(topic: string, queueId: number, queueOffset: number, limits: ReadLimits): ReadResult | Promise<ReadResult>
  /** Whether the entry is recent enough to be served from memory. Java: checkInMemByConsumeOffset. */
  isRecent(topic: string, queueId: number, queueOffset: number): boolean
  /** The stored message at a physical offset, or undefined when none starts there. */
  messageAt(physicalOffset: number): Promise<Buffer | undefined>
  /** Java: getOffsetInQueueByTime. LOWER = first message at or after the time, UPPER = last at or before. */
  offsetByTime(topic: string, queueId: number, timestampMs: number, boundary: 'LOWER' | 'UPPER'): Promise<number>
  /** Store time of one message, or undefined when it is not there. */
  storeTimeAt(topic: string, queueId: number, queueOffset: number): Promise<number | undefined>
  /** Entries of a consume queue from an offset on, at most `count`; those that retention took are left out. */
  entries(topic: string, queueId: number, from: number, count: number): Promise<readonly QueueEntry[]>
  query(query: KeyQuery): Promise<KeyQueryResult>

  /** Topics that have consume queues. */
  topics(): readonly string[]
  /** Forgets the consume queues of a topic; its messages stay in the log until retention takes them. */
  deleteTopic(topic: string): Promise<void>
  onReadable(listener: ReadableListener): void

  /** Makes everything appended so far survive a power cut. */
  flush(): Promise<void>
  /** Removes segments past their time or past the disk watermark, now. Resolves to how many went. */
  clean(): Promise<number>
  stats(): StoreStats
  /** Holds from the next append or the next look at the disk on. */
  configure(changes: Partial<HotStoreSettings>): void
  close(): Promise<void>
}
