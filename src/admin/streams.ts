/** Live data over remoting: messages as they are stored, lag and figures of brokers again and again. */
import { maxOffset, minOffset } from '../client/queue-offsets.ts'
import { readQueues } from '../client/queue-reader.ts'
import { type QueuePlace, readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { untilAborted } from '../kit/abort.ts'
import { mapBounded } from '../kit/bounded.ts'
import { pause } from '../kit/clock.ts'
import { errorText, isMqError, MqError } from '../kit/errors.ts'
import { listClusters } from './brokers.ts'
import { groupLag } from './groups.ts'
import { messageRow } from './message-row.ts'
import { toolsGroup } from './messages.ts'
import type {
  LagEvent,
  StatsEvent,
  StatsSnapshot,
  Streams,
  TailEvent,
  TailWish,
  WarningEvent,
  WatchLagWish,
  WatchStatsWish
} from './stream-rows.ts'
import { freshRoute } from './targets.ts'

/** Milliseconds between two looks. */
const usualIntervalMs = 2000
/** Brokers are not asked more often, whatever is wished. */
const leastIntervalMs = 100
/** Characters: a cursor travels in a header, which has a limit. */
const cursorMax = 12_000

export const remotingStreams = (session: Session): Streams => ({
  tail: wish => tail(session, wish),
  watchLag: wish => watchLag(session, wish),
  watchStats: wish => watchStats(session, wish)
})

/** Offsets of the next message, queue by queue of each broker. */
type Offsets = Map<string, number[]>

async function* tail(session: Session, wish: TailWish): AsyncGenerator<TailEvent> {
  const { topic, tags = '*' } = wish
  const after = wish.cursor === undefined ? undefined : readCursor(wish.cursor)
  const places = readableQueues(topic, await freshRoute(session, topic))
  const offsets: Offsets = new Map()
  let dropped = 0
  const plans = await mapBounded(places, async place => {
    const start = await startOf(session, place, wish, after)
    dropped += start.dropped
    put(offsets, place, start.offset)
    return { place, from: start.offset }
  })
  if (dropped > 0) yield { event: 'dropped', ...cursorOf(offsets), data: { count: dropped } }
  yield { event: 'begin', ...cursorOf(offsets), data: { topic, queues: places.length } }
  // Ends the pulls also when the reader just stops reading.
  const ending = new AbortController()
  const stop = (): void => ending.abort()
  wish.signal?.addEventListener('abort', stop, { once: true })
  if (wish.signal?.aborted === true) return
  try {
    for await (const message of readQueues(session, plans, { group: toolsGroup, tags, signal: ending.signal })) {
      put(offsets, message, message.queueOffset + 1)
      yield { event: 'message', ...cursorOf(offsets), data: messageRow(message) }
    }
  } finally {
    wish.signal?.removeEventListener('abort', stop)
    stop()
  }
}

/** Where a queue begins, and how many messages between the cursor and there are passed over. */
const startOf = async (
  session: Session,
  place: QueuePlace,
  { from, skip }: TailWish,
  after: Offsets | undefined
): Promise<{ readonly offset: number; readonly dropped: number }> => {
  if (after === undefined) {
    return { offset: await (from === 'start' ? minOffset : maxOffset)(session, place), dropped: 0 }
  }
  const wished = after.get(place.brokerName)?.[place.queueId] ?? 0
  const least = await minOffset(session, place)
  const most = await maxOffset(session, place)
  const offset = skip === true ? most : Math.min(Math.max(wished, least), most)
  return { offset, dropped: Math.max(0, offset - wished) }
}

const put = (offsets: Offsets, { brokerName, queueId }: { brokerName: string; queueId: number }, to: number): void => {
  const ofBroker = offsets.get(brokerName)
  if (ofBroker === undefined) offsets.set(brokerName, [])
  const row = offsets.get(brokerName)!
  while (row.length < queueId) row.push(0)
  row[queueId] = to
}

const cursorOf = (offsets: Offsets): { readonly cursor?: string } => {
  const cursor = Buffer.from(JSON.stringify([...offsets])).toString('base64url')
  return cursor.length > cursorMax ? {} : { cursor }
}

const readCursor = (cursor: string): Offsets => {
  try {
    const entries = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, number[]][]
    const isOffset = (offset: unknown): boolean => Number.isSafeInteger(offset) && (offset as number) >= 0
    if (entries.every(([name, row]) => typeof name === 'string' && row.every(isOffset))) return new Map(entries)
  } catch {
    // Said below.
  }
  throw new MqError('MQ_USAGE', 'the cursor is not one that an event of this stream had')
}

async function* watchLag(session: Session, wish: WatchLagWish): AsyncGenerator<LagEvent> {
  for await (const look of looks(session, wish, () => groupLag(session, wish.group, wish.topic))) {
    yield 'warning' in look ? look.warning : { event: 'lag', cursor: look.cursor, data: look.data }
  }
}

async function* watchStats(session: Session, wish: WatchStatsWish): AsyncGenerator<StatsEvent> {
  for await (const look of looks(session, wish, () => snapshot(session, wish.broker))) {
    yield 'warning' in look ? look.warning : { event: 'stats', cursor: look.cursor, data: look.data }
  }
}

const snapshot = async (session: Session, broker: string | undefined): Promise<StatsSnapshot> => {
  const { items, warnings } = await listClusters(session)
  const brokers = items.filter(row => broker === undefined || row.brokerName === broker)
  if (broker !== undefined && brokers.length === 0) {
    throw new MqError('MQ_NOT_FOUND', `there is no broker ${broker}`)
  }
  const atMs = session.settings.clock.now()
  return { at: new Date(atMs).toISOString(), atMs, brokers, warnings }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true

type Look<Data> = { readonly cursor: string; readonly data: Data } | { readonly warning: WarningEvent }

/** Looks again and again. What fails at the first look rejects; later a failure that may pass is told. */
async function* looks<Data>(
  session: Session,
  {
    intervalMs = usualIntervalMs,
    signal
  }: { readonly intervalMs?: number | undefined; signal?: AbortSignal | undefined },
  look: () => Promise<Data>
): AsyncGenerator<Look<Data>> {
  const { clock } = session.settings
  for (let first = true; !isAborted(signal); first = false) {
    try {
      const data = await untilAborted(look(), signal)
      yield { cursor: String(clock.now()), data }
    } catch (error) {
      if (isAborted(signal)) return
      if (first || !isMqError(error) || !error.retryable) throw error
      yield { warning: { event: 'warning', data: { text: errorText(error) } } }
    }
    await untilAborted(pause(clock, Math.max(intervalMs, leastIntervalMs)), signal).catch(() => {})
  }
}
