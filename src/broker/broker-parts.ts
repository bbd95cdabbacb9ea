/** All parts of a broker, as `broker.ts` makes them; a handler names the few that it takes. */
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { MessageStore } from '../store/contract.ts'
import type { Consumers } from './clients/consumers.ts'
import type { Producers } from './clients/producers.ts'
import type { Locks } from './clients/queue-locks.ts'
import type { Groups } from './groups/groups.ts'
import type { Offsets } from './groups/offsets.ts'
import type { RequestModes } from './groups/request-modes.ts'
import type { KeptRows } from './kept-rows.ts'
import type { LiveConfig } from './live-config.ts'
import type { BrokerOptions } from './options.ts'
import type { BrokerIdentity, LongPolls } from './parts.ts'
import type { BrokerTraffic } from './stats/traffic.ts'
import type { ForbiddenTopics } from './topics/forbidden-topics.ts'
import type { Topics } from './topics/topics.ts'

export interface BrokerParts {
  readonly store: MessageStore
  readonly topics: Topics
  readonly groups: Groups
  readonly offsets: Offsets
  readonly forbidden: ForbiddenTopics
  readonly requestModes: RequestModes
  /** By group: bytes of old messages that it may read in a while. */
  readonly coldThresholds: KeptRows<number>
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
