/** What storing a message takes of the broker: parts and settings, as the send handlers and the fast lane see them. */
import type { MessageStore } from '../../store/contract.ts'
import type { DelayLevels } from '../delay/delay-levels.ts'
import type { BrokerIdentity, GroupTable, QueueLocks, TopicTable, Traffic } from '../parts.ts'

/** Read at each request, so that a value changed at run time holds from the next one on. Names are Java's. */
export interface SendSettings {
  /** Bits of permissions.ts. */
  readonly brokerPermission: number
  readonly traceOn: boolean
  /** Bytes of a body. */
  readonly maxMessageSize: number
}

export interface SendParts {
  readonly store: MessageStore
  readonly topics: TopicTable
  readonly groups: GroupTable
  readonly locks: QueueLocks
  readonly traffic: Traffic
  readonly identity: BrokerIdentity
  readonly delayLevels: DelayLevels
  readonly settings: SendSettings
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** Makes a unique key for a message whose client made none; see message-id.ts. */
  readonly uniqueId: () => string
}
