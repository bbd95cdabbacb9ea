/** Offsets of one queue, asked of its broker. */
import { getMaxOffset } from '../protocol/requests/get-max-offset.ts'
import { getMinOffset } from '../protocol/requests/get-min-offset.ts'
import { queryConsumerOffset } from '../protocol/requests/query-consumer-offset.ts'
import { searchOffsetByTimestamp } from '../protocol/requests/search-offset-by-timestamp.ts'
import { updateConsumerOffset } from '../protocol/requests/update-consumer-offset.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { type QueuePlace, readAddress } from './routes.ts'
import type { Session } from './session.ts'

export const minOffset = async (session: Session, place: QueuePlace): Promise<number> => {
  const { topic, queueId, brokerName: bname } = place
  const asking = { who: bname, what: `tell the first offset of ${topic}/${queueId}` }
  const { header } = await session.ask(readAddress(place), getMinOffset, { topic, queueId, bname }, asking)
  return Math.max(0, header.offset ?? 0)
}

/** The offset that the queue's next message will get. */
export const maxOffset = async (session: Session, place: QueuePlace): Promise<number> => {
  const { topic, queueId, brokerName: bname } = place
  const asking = { who: bname, what: `tell the last offset of ${topic}/${queueId}` }
  const { header } = await session.ask(readAddress(place), getMaxOffset, { topic, queueId, bname }, asking)
  return Math.max(0, header.offset ?? 0)
}

/** The first offset stored at or after the time; the queue's end when there is none. Milliseconds since 1970. */
export const offsetAtTime = async (session: Session, place: QueuePlace, timeMs: number): Promise<number> => {
  const { topic, queueId, brokerName: bname } = place
  const asking = { who: bname, what: `search ${topic}/${queueId} by time` }
  const wish = { topic, queueId, timestamp: timeMs, boundaryType: 'LOWER', bname }
  const { header } = await session.ask(readAddress(place), searchOffsetByTimestamp, wish, asking)
  return Math.max(0, header.offset ?? 0)
}

/** What a group committed, or undefined. A committed -1 counts as nothing. */
export const committedOffset = async (
  session: Session,
  place: QueuePlace,
  group: string
): Promise<number | undefined> => {
  const { topic, queueId, brokerName: bname } = place
  const { command, header } = await session.ask(
    readAddress(place),
    queryConsumerOffset,
    { consumerGroup: group, topic, queueId, bname },
    { who: bname, what: `tell the offset of group ${group}`, accept: [responseCodes.QUERY_NOT_FOUND] }
  )
  return command.code === 0 && header.offset !== undefined && header.offset >= 0 ? header.offset : undefined
}

export const commitOffset = async (
  session: Session,
  place: QueuePlace,
  group: string,
  offset: number
): Promise<void> => {
  const { topic, queueId, brokerName: bname } = place
  const wish = { consumerGroup: group, topic, queueId, commitOffset: offset, bname }
  const asking = { who: bname, what: `keep the offset of group ${group}` }
  await session.ask(readAddress(place), updateConsumerOffset, wish, asking)
}
