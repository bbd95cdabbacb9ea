/**
 * All messages with a key, newest first, a page at a time. A broker answers 64 at most: brokers of mq then go on where
 * they are told; Apache's go on by time, and since their index counts whole seconds, a second with more than 64 of them
 * is read from the queues themselves. So nothing is left out, whichever broker it is.
 */
import type { ReceivedMessage } from '../client/received-message.ts'
import type { Session } from '../client/session.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { MessagePage, MessageRow } from './admin.ts'
import type { KeySearch } from './message-acts.ts'
import { messageRow } from './message-row.ts'
import { brokersOf, queryIndex, type Reachable } from './messages.ts'
import { messagesByTime } from './messages-by-time.ts'

const answerMax = 64
/** Apache's index keeps whole seconds since its file began. */
const indexMs = 1000
const scanPage = 1000

/** Where the search on a broker goes on: below this offset of its commit log, and not after this store time. */
interface Spot {
  readonly before: number
  readonly toMs: number
  /** The index's own key of the message there: what brokers that can go on are told. */
  readonly lastKey: string
}

/** Rejects with MQ_USAGE (cursor), MQ_TOPIC_NOT_FOUND, MQ_CONNECT_FAILED (no broker answers). */
export const messagesByKey = async (session: Session, search: KeySearch): Promise<MessagePage> => {
  const start = search.cursor === undefined ? undefined : readCursor(search.cursor)
  const brokers = await brokersOf(session, search.topic)
  const warnings: string[] = []
  const open: { readonly broker: string; readonly hits: AsyncGenerator<MessageRow>; head: MessageRow | undefined }[] =
    []
  for (const broker of brokers) {
    const hits = hitsOn(session, broker, search, start?.get(broker.brokerName))
    try {
      open.push({ broker: broker.brokerName, hits, head: (await hits.next()).value })
    } catch (error) {
      if (!(error instanceof MqError) || (!error.retryable && error.code !== 'MQ_SERVER_REFUSED')) throw error
      warnings.push(`${broker.brokerName} was not searched: ${errorText(error)}`)
    }
  }
  if (open.length === 0 && warnings.length > 0) throw new MqError('MQ_CONNECT_FAILED', warnings.join('; '))
  const items: MessageRow[] = []
  const spots = new Map<string, Spot>(start ?? [])
  for (;;) {
    const next = open.reduce<(typeof open)[number] | undefined>(newer, undefined)
    if (next?.head === undefined) return { items, warnings, truncated: false }
    if (items.length === search.limit) return { items, warnings, truncated: true, next: writeCursor(spots) }
    items.push(next.head)
    const { physicalOffset, storedMs, messageId } = next.head
    const lastKey = indexKey(search, { physicalOffset, storedMs, messageId })
    spots.set(next.broker, { before: physicalOffset, toMs: storedMs, lastKey })
    next.head = (await next.hits.next()).value
  }
}

interface Head {
  readonly head: MessageRow | undefined
}

const newer = <Open extends Head>(best: Open | undefined, open: Open): Open | undefined => {
  if (open.head === undefined) return best
  return best?.head === undefined || open.head.storedMs > best.head.storedMs ? open : best
}

const hasKey = (message: ReceivedMessage, key: string): boolean =>
  (message.properties.get('KEYS') ?? '').split(' ').includes(key) || message.messageId === key

async function* hitsOn(
  session: Session,
  broker: Reachable,
  search: KeySearch,
  from: Spot | undefined
): AsyncGenerator<MessageRow, undefined> {
  const { topic, key, fromMs } = search
  let before = from?.before ?? Number.MAX_SAFE_INTEGER
  let toMs = Math.min(search.toMs, from?.toMs ?? Number.MAX_SAFE_INTEGER)
  let lastKey = from?.lastKey
  while (toMs >= fromMs) {
    const wish = { topic, key, limit: answerMax, fromMs, toMs, ...(lastKey === undefined ? {} : { lastKey }) }
    const found = await queryIndex(session, broker, wish, false)
    const older = found.filter(message => message.physicalOffset < before)
    if (older.length > 0) {
      const right = older.filter(message => isHit(message, search))
      yield* right.sort((left, other) => other.physicalOffset - left.physicalOffset).map(messageRow)
      const last = older.reduce((least, message) => (message.physicalOffset < least.physicalOffset ? message : least))
      before = last.physicalOffset
      toMs = Math.min(toMs, ...older.map(message => message.storeTimestamp))
      lastKey = indexKey(search, { ...last, storedMs: last.storeTimestamp })
    } else if (found.length < answerMax) return undefined
    else {
      const moment = Math.min(toMs, ...found.map(message => message.storeTimestamp))
      yield* await scan(session, broker, search, { fromMs: Math.max(fromMs, moment - indexMs), toMs: moment }, before)
      toMs = moment - indexMs - 1
    }
  }
  return undefined
}

const hourMs = 3_600_000

/** How the broker's index names a message, as mqadmin shows it. */
const indexKey = (
  { topic, key }: KeySearch,
  { physicalOffset, storedMs, messageId }: Pick<MessageRow, 'physicalOffset' | 'storedMs' | 'messageId'>
): string => `${storedMs - (storedMs % hourMs)}@${topic}@K@${key}@${messageId}@${physicalOffset}`

const isHit = (message: ReceivedMessage, { topic, key, fromMs, toMs }: KeySearch): boolean =>
  message.topic === topic && message.storeTimestamp >= fromMs && message.storeTimestamp <= toMs && hasKey(message, key)

/** What lies between two moments, both included, before an offset of the commit log; newest first. */
const scan = async (
  session: Session,
  { brokerName }: Reachable,
  { topic, key }: KeySearch,
  window: { readonly fromMs: number; readonly toMs: number },
  before: number
): Promise<MessageRow[]> => {
  const found: MessageRow[] = []
  let cursor: string | undefined
  do {
    const wish = { topic, brokerName, fromMs: window.fromMs, toMs: window.toMs + 1, limit: scanPage, cursor }
    const page = await messagesByTime(session, wish)
    if (page.warnings.length > 0) throw new MqError('MQ_SERVER_REFUSED', page.warnings.join('; '))
    found.push(...page.items.filter(row => row.physicalOffset < before && (row.keys ?? '').split(' ').includes(key)))
    cursor = page.next
  } while (cursor !== undefined)
  return found.sort((left, right) => right.physicalOffset - left.physicalOffset)
}

const writeCursor = (spots: ReadonlyMap<string, Spot>): string =>
  Buffer.from(
    JSON.stringify(Array.from(spots, ([name, spot]) => [name, spot.before, spot.toMs, spot.lastKey]))
  ).toString('base64url')

const isOffset = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

const readCursor = (cursor: string): ReadonlyMap<string, Spot> => {
  try {
    const entries = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, number, number, string][]
    const good = entries.every(
      ([name, before, toMs, lastKey]) =>
        typeof name === 'string' && isOffset(before) && isOffset(toMs) && typeof lastKey === 'string'
    )
    if (good) return new Map(entries.map(([name, before, toMs, lastKey]) => [name, { before, toMs, lastKey }]))
  } catch {
    // Said below.
  }
  throw new MqError('MQ_USAGE', 'the cursor is not one that a page of messages gave')
}
