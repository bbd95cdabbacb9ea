/** What the delivery of delayed messages takes of the broker. */
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { MessageStore } from '../../store/contract.ts'
import type { Traffic } from '../parts.ts'
import type { DelayLevels } from './delay-levels.ts'

export interface DelayParts {
  readonly store: MessageStore
  readonly delayLevels: DelayLevels
  readonly traffic: Pick<Traffic, 'stored'>
  readonly clock: Clock
  readonly log: Logger
}
