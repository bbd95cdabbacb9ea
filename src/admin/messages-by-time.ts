/**
 * Messages of a range of time, in the order in which they were stored. Each queue is read a pull at a time and the
 * queues are merged, so memory holds one pull a queue. The cursor holds the offsets where the next page goes on.
 */
import { type Pulled, pullOnce } from '../client/pull.ts'
import { offsetAtTime } from '../client/queue-offsets.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import { type QueuePlace, readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { MessagePage } from './admin.ts'
import type { TimeSearch } from './message-acts.ts'
import { messageRow } from './message-row.ts'
import { toolsGroup } from './messages.ts'
import { freshRoute } from './targets.ts'

const pullMax = 32
/** Pulls of one page: a filter that lets little through ends the page early, and the cursor goes on. */
const pullsMax = 2048

interface Reader {
  readonly place: QueuePlace
  /** Of the next message that is not yet in a page. */
  offset: number
  /** Of the next pull. */
  pullAt: number
  waiting: ReceivedMessage[]
  done: boolean
  /** Offset from which on nothing is in the range. */
  readonly end: number
}

interface Budget {
  pulls: number
}

/** Rejects with MQ_USAGE for a cursor that is none, MQ_TOPIC_NOT_FOUND, and when no queue at all can be read. */
export const messagesByTime = async (session: Session, search: TimeSearch): Promise<MessagePage> => {
  const { topic, fromMs, toMs, limit } = search
  const from = search.cursor === undefined ? undefined : readCursor(search.cursor)
  const places = placesOf(search, readableQueues(topic, await freshRoute(session, topic)))
  const budget: Budget = { pulls: pullsMax }
  const warnings: string[] = []
  let failure: unknown
  const opened = await mapBounded(places, async (place): Promise<Reader | undefined> => {
    try {
      const offset = from?.get(keyOf(place)) ?? (await offsetAtTime(session, place, fromMs))
      // Messages that a filter keeps back do not tell their time: the end is looked up.
      const end = filtered(search) ? await offsetAtTime(session, place, toMs) : Number.MAX_SAFE_INTEGER
      const reader: Reader = { place, offset, pullAt: offset, waiting: [], done: false, end }
      await refill(session, reader, search, budget)
      return reader
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      failure = error
      warnings.push(`${keyOf(place)} was not read: ${errorText(error)}`)
      return undefined
    }
  })
  const readers = opened.filter(reader => reader !== undefined)
  if (readers.length === 0 && failure !== undefined) throw failure
  const items: ReceivedMessage[] = []
  // A queue that was not looked at to its end may hold what comes first.
  while (items.length < limit && !readers.some(isUnread)) {
    const reader = earliest(readers)
    const message = reader?.waiting.shift()
    if (reader === undefined || message === undefined) break
    reader.offset = message.queueOffset + 1
    if (message.storeTimestamp >= fromMs && message.storeTimestamp < toMs) items.push(message)
    if (reader.waiting.length === 0) await refill(session, reader, search, budget)
  }
  const truncated = readers.some(reader => reader.waiting.length > 0 || isUnread(reader))
  const next = truncated ? { next: writeCursor(readers) } : {}
  return { items: items.map(messageRow), warnings, truncated, ...next }
}

const isUnread = (reader: Reader): boolean => !reader.done && reader.waiting.length === 0

const filtered = ({ tags = '*', toMs }: TimeSearch): boolean => tags !== '*' && toMs < Number.MAX_SAFE_INTEGER

const placesOf = ({ topic, queueId, brokerName }: TimeSearch, all: readonly QueuePlace[]): QueuePlace[] => {
  const wanted = all.filter(
    place =>
      (queueId === undefined || place.queueId === queueId) &&
      (brokerName === undefined || place.brokerName === brokerName)
  )
  if (wanted.length > 0 || all.length === 0) return wanted
  const names = all.slice(0, 16).map(keyOf)
  throw new MqError('MQ_NOT_FOUND', `the topic ${topic} has no such queue; it has ${names.join(' ')}`)
}

const earliest = (readers: readonly Reader[]): Reader | undefined => {
  let first: Reader | undefined
  for (const reader of readers) {
    const message = reader.waiting[0]
    if (message === undefined) continue
    if (first === undefined || message.storeTimestamp < first.waiting[0]!.storeTimestamp) first = reader
  }
  return first
}

/** One pull; more only where the queue has a hole, or a filter lets nothing through. A message after the range ends the queue. */
const refill = async (session: Session, reader: Reader, search: TimeSearch, budget: Budget): Promise<void> => {
  const { toMs, limit, tags = '*' } = search
  while (!reader.done && reader.waiting.length === 0 && budget.pulls-- > 0) {
    const pulled: Pulled = await pullOnce(session, {
      place: reader.place,
      group: toolsGroup,
      offset: reader.pullAt,
      messagesMax: Math.min(pullMax, limit),
      tags,
      subVersion: session.settings.clock.now(),
      suspendMs: 0,
      brokerId: 0
    })
    const inRange = pulled.messages.filter(message => message.storeTimestamp < toMs)
    if (inRange.length < pulled.messages.length) reader.done = true
    if (pulled.nextOffset <= reader.pullAt || pulled.nextOffset >= reader.end) reader.done = true
    reader.pullAt = pulled.nextOffset
    reader.waiting = inRange
    if (inRange.length === 0) reader.offset = pulled.nextOffset
  }
}

const keyOf = ({ brokerName, queueId }: QueuePlace): string => `${brokerName}/${queueId}`

const writeCursor = (readers: readonly Reader[]): string =>
  Buffer.from(JSON.stringify(readers.map(reader => [keyOf(reader.place), reader.offset]))).toString('base64url')

const readCursor = (cursor: string): ReadonlyMap<string, number> => {
  try {
    const entries = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, number][]
    const good = entries.every(
      ([key, offset]) => typeof key === 'string' && Number.isSafeInteger(offset) && offset >= 0
    )
    if (good) return new Map(entries)
  } catch {
    // Said below.
  }
  throw new MqError('MQ_USAGE', 'the cursor is not one that a page of messages gave')
}
