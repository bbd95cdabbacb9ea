/** Where a queue begins that the group has no offset for. Java: ConsumeFromWhere, RebalancePushImpl.computePullFromWhere. */

import { isRetryTopic } from '../protocol/topic-names.ts'
import { maxOffset, minOffset, offsetAtTime } from './queue-offsets.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

/** `first` = the oldest message, `last` = only what comes from now on, a number = stored at or after, milliseconds since 1970. */
export type ConsumeFrom = 'first' | 'last' | number

/** The words of the heartbeat. */
export const fromWhere = (from: ConsumeFrom): string => {
  if (from === 'first') return 'CONSUME_FROM_FIRST_OFFSET'
  return from === 'last' ? 'CONSUME_FROM_LAST_OFFSET' : 'CONSUME_FROM_TIMESTAMP'
}

/** A retry topic is always read from its start: what lies there is the group's own. */
export const startOffset = (session: Session, place: QueuePlace, from: ConsumeFrom): Promise<number> => {
  if (from === 'first' || isRetryTopic(place.topic)) return minOffset(session, place)
  return from === 'last' ? maxOffset(session, place) : offsetAtTime(session, place, from)
}
