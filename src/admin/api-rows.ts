/** What the HTTP API tells of itself and of those who ask it. Plain data, as in admin.ts. */
import type { ClusterRow } from './broker-rows.ts'
import type { HealthFinding } from './operation-rows.ts'

export type ApiScope = 'read' | 'operate' | 'admin'

export interface WhoAmI {
  /** Of the token; `local` without one on loopback, `socket` on the unix socket. */
  readonly id: string
  readonly scopes: readonly ApiScope[]
}

export interface ApiVersion {
  readonly name: 'mq'
  /** Of the process that answers. */
  readonly version: string
  /** Of the API. */
  readonly api: string
}

/** Everything that serves now, in one look. */
export interface Overview {
  readonly at: string
  readonly atMs: number
  readonly healthy: boolean
  readonly findings: readonly HealthFinding[]
  readonly brokers: readonly ClusterRow[]
  /** How many, those of brokers themselves included. */
  readonly topics: number
  readonly groups: number
  /** Messages that groups have not yet consumed. */
  readonly lag: number
  readonly warnings: readonly string[]
}

/** A token of the API without its secret. */
export interface TokenRow {
  readonly id: string
  readonly scopes: readonly ApiScope[]
  /** After this it counts no more; absent = for ever. */
  readonly notAfter?: string
  readonly notAfterMs?: number
}

export interface NewToken extends TokenRow {
  /** The only copy: it is kept nowhere. */
  readonly token: string
  readonly warnings: readonly string[]
}
