/** What a server or client lends to each of its connections. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { RemotingLimits } from './limits.ts'
import type { Notices } from './notices.ts'
import type { FlushQueue, SlabPool } from './output.ts'
import type { FastLane } from './peer.ts'
import type { Router } from './router.ts'

export interface Surroundings {
  readonly clock: Clock
  readonly log: Logger
  readonly notices: Notices
  readonly limits: RemotingLimits
  readonly router: Router
  readonly fastLane: FastLane | undefined
  readonly slabs: SlabPool
  readonly flushes: FlushQueue
  /** Whose port this is, for those who came to the wrong one: "the NameServer". */
  readonly what: string
}
