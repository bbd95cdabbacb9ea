/** What a pull takes of the broker: parts and settings, as the pull handlers and the fast lane see them. */
import type { Logger } from '../../kit/log.ts'
import type { MessageStore } from '../../store/contract.ts'
import type {
  BrokerIdentity,
  ConsumerTable,
  GroupTable,
  LongPolls,
  OffsetTable,
  TopicTable,
  Traffic
} from '../parts.ts'
import type { ForbiddenTopics } from '../topics/forbidden-topics.ts'

/** Read at each request, so that a value changed at run time holds from the next one on. Names are Java's. */
export interface PullSettings {
  /** Bits of permissions.ts. */
  readonly brokerPermission: number
  readonly litePullMessageEnable: boolean
  readonly longPollingEnable: boolean
  /** How long a pull waits when longPollingEnable is off. */
  readonly shortPollingTimeMills: number
  readonly maxTransferCountOnMessageInMemory: number
  readonly maxTransferBytesOnMessageInMemory: number
  readonly maxTransferCountOnMessageInDisk: number
  readonly maxTransferBytesOnMessageInDisk: number
}

export interface PullParts {
  readonly store: MessageStore
  readonly topics: TopicTable
  readonly groups: GroupTable
  readonly consumers: ConsumerTable
  readonly offsets: OffsetTable
  readonly longPolls: LongPolls
  readonly forbidden: Pick<ForbiddenTopics, 'forbids'>
  readonly traffic: Traffic
  readonly identity: BrokerIdentity
  readonly settings: PullSettings
  readonly log: Logger
}
