/** What a session is made with. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'

export interface SessionSettings {
  /** `host:port` of each NameServer. */
  readonly namesrv: readonly string[]
  /** For one request, milliseconds. */
  readonly timeoutMs: number
  /** What the compressed body of a message may grow to, bytes. */
  readonly decompressedBytesMax?: number
  readonly clock: Clock
  readonly log: Logger
  /** Addresses that NameServers give, and where they are reached from here: a badly configured cluster, a tunnel. */
  readonly addressMap?: ReadonlyMap<string, string>
}
