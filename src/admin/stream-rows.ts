/**
 * Live data: what is asked for, and the events that come. Plain data, as in admin.ts. A stream ends when its signal
 * fires; a failure that may pass is an event of the kind `warning`, any other rejects.
 */
import type { ClusterRow } from './broker-rows.ts'
import type { GroupLag } from './group-rows.ts'
import type { MessageRow } from './message-rows.ts'

export interface TailWish {
  readonly topic: string
  /** Where to begin: with what comes from now on (the default), or with the oldest message. */
  readonly from?: 'end' | 'start' | undefined
  /** Go on after the event that had this cursor; `from` does not count then. */
  readonly cursor?: string | undefined
  /** With a cursor: do not catch up, but begin at the end and tell how many messages were passed over. */
  readonly skip?: boolean | undefined
  /** `*`, or tags as `A || B`; all when absent. */
  readonly tags?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface WatchLagWish {
  readonly group: string
  /** Only this topic. */
  readonly topic?: string | undefined
  /** Milliseconds between two looks; 2,000 when absent. */
  readonly intervalMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface WatchStatsWish {
  /** Only this broker, by its name; all of all clusters when absent. */
  readonly broker?: string | undefined
  /** Milliseconds between two looks; 2,000 when absent. */
  readonly intervalMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Rates, disk and state of brokers at one moment. */
export interface StatsSnapshot {
  readonly at: string
  readonly atMs: number
  readonly brokers: readonly ClusterRow[]
  readonly warnings: readonly string[]
}

export interface Warned {
  readonly text: string
}

export interface Dropped {
  /** Messages, or looks, that were passed over since the event before. */
  readonly count: number
}

/** Something failed that may pass; the stream goes on. */
export interface WarningEvent {
  readonly event: 'warning'
  readonly data: Warned
}

/** The reader was too slow, or what it wants is there no more; `cursor` is where the stream goes on. */
export interface DroppedEvent {
  readonly event: 'dropped'
  readonly cursor?: string
  readonly data: Dropped
}

/** The stream is open: what is stored from now on comes. */
export interface TailBegin {
  readonly event: 'begin'
  readonly cursor?: string
  readonly data: TailedTopic
}

export interface TailedTopic {
  readonly topic: string
  readonly queues: number
}

export interface TailMessage {
  readonly event: 'message'
  /** Goes into `cursor` of the next wish to go on after this message; absent where a topic has too many queues. */
  readonly cursor?: string
  readonly data: MessageRow
}

export interface LagLook {
  readonly event: 'lag'
  readonly cursor: string
  readonly data: GroupLag
}

export interface StatsLook {
  readonly event: 'stats'
  readonly cursor: string
  readonly data: StatsSnapshot
}

export type TailEvent = TailBegin | TailMessage | DroppedEvent | WarningEvent
export type LagEvent = LagLook | DroppedEvent | WarningEvent
export type StatsEvent = StatsLook | DroppedEvent | WarningEvent

/** The streams of the interface Admin. */
export interface Streams {
  /** Messages as they are stored. Rejects with MQ_TOPIC_NOT_FOUND, MQ_USAGE (cursor, tags). */
  tail(wish: TailWish): AsyncIterable<TailEvent>
  /** Rejects with MQ_NOT_FOUND (group). */
  watchLag(wish: WatchLagWish): AsyncIterable<LagEvent>
  /** Rejects with MQ_NOT_FOUND (broker). */
  watchStats(wish: WatchStatsWish): AsyncIterable<StatsEvent>
}
