/** The NameServer's parts as its request handlers see them; `namesrv.ts` puts them together. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { KvConfig } from './kv-config.ts'
import type { LiveConfig } from './live-config.ts'
import type { RouteTable } from './route-table.ts'

export interface NamesrvParts {
  readonly routes: RouteTable
  readonly kv: KvConfig
  readonly config: LiveConfig
  readonly clock: Clock
  readonly log: Logger
  /** Monotonic milliseconds of the start. */
  readonly startedAt: number
}
