/** Clients, whether they send or consume. Plain data, as in admin.ts. */
import type { MemberDetail } from './group-acts.ts'

export interface ClientRow {
  readonly kind: 'consumer' | 'producer'
  readonly group: string
  readonly clientId: string
  /** `host:port` as brokers see it. */
  readonly address: string
  readonly language: string
  readonly version: string
  readonly brokers: readonly string[]
}

export interface ClientDescription {
  readonly clientId: string
  readonly address: string
  readonly language: string
  readonly version: string
  readonly brokers: readonly string[]
  /** Groups that it sends as. */
  readonly producerGroups: readonly string[]
  /** Groups that it consumes with. */
  readonly consumerGroups: readonly string[]
  /** What it tells of itself in each of those groups; one that does not tell is in the warnings. */
  readonly memberships: readonly MemberDetail[]
  readonly warnings: readonly string[]
}

/** What an id of a message says by itself: offset ids and unique ids have the same form, so both readings are given. */
export interface DecodedId {
  readonly id: string
  /** What it most likely is. */
  readonly kind: 'offset' | 'unique'
  /** As an offset id: the broker that stored the message, and where in its commit log. */
  readonly storeHost: string
  readonly physicalOffset: number
  /** As an id of a sender: its address, process and time; the time is right within the last two months only. */
  readonly senderAddress: string
  readonly senderPid: number
  readonly made?: string
  readonly madeMs?: number
}

export interface ImportedMessages {
  readonly read: number
  readonly sent: number
  readonly failed: number
  readonly dryRun: boolean
  readonly topics: readonly string[]
  readonly warnings: readonly string[]
}
