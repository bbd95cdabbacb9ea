/** All parts of a broker, as `broker.ts` makes them; a handler names the few that it takes. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { MessageStore } from '../store/contract.ts'
import type { Consumers } from './consumers.ts'
import type { Groups } from './groups.ts'
import type { LiveConfig } from './live-config.ts'
import type { Offsets } from './offsets.ts'
import type { BrokerOptions } from './options.ts'
import type { BrokerIdentity, LongPolls } from './parts.ts'
import type { Producers } from './producers.ts'
import type { Locks } from './queue-locks.ts'
import type { Topics } from './topics.ts'
import type { BrokerTraffic } from './traffic.ts'

export interface BrokerParts {
  readonly store: MessageStore
  readonly topics: Topics
  readonly groups: Groups
  readonly offsets: Offsets
  readonly consumers: Consumers
  readonly producers: Producers
  readonly locks: Locks
  readonly traffic: BrokerTraffic
  readonly longPolls: LongPolls
  readonly identity: BrokerIdentity
  /** Hot ones change under the reader. */
  readonly options: BrokerOptions
  readonly config: LiveConfig
  readonly clock: Clock
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly bootTimestamp: number
  /** Progress of delayed messages by level, as offsets of their queues. */
  readonly delayProgress: () => ReadonlyMap<number, number>
}
