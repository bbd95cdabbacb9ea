/** What a session is made with. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'

export interface SessionSettings {
  /** `host:port` of each NameServer. */
  readonly namesrv: readonly string[]
  /** For one request, milliseconds. */
  readonly timeoutMs: number
  readonly clock: Clock
  readonly log: Logger
}
