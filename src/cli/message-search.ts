/** What the flags of `message query`, `message print` and the dead letter commands ask of the admin. */
import type { Admin, MessagePage, MessageRow } from '../admin/admin.ts'
import { systemClock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { ListResult } from './command.ts'
import { type FilterFlags, messageFilter } from './message-filter.ts'
import { parseTime } from './offsets.ts'

export interface WindowFlags {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly tags?: string | undefined
  readonly grep?: string | undefined
  readonly queue?: number | undefined
  readonly broker?: string | undefined
}

export interface SearchFlags extends WindowFlags {
  readonly topic: string
  readonly key?: string | undefined
  readonly id?: string | undefined
  readonly offset?: string | undefined
}

/** Most messages of one request. */
const pageMax = 1000

/** Throws MQ_USAGE for a place or time that cannot be read; rejects with MQ_NOT_FOUND when there is nothing. */
export const findMessages = async (admin: Admin, flags: SearchFlags): Promise<ListResult<MessageRow>> => {
  const { topic, key, id, offset } = flags
  if (id !== undefined) return single(await admin.messageById(topic, id))
  if (offset !== undefined) {
    const { broker, queueId, at } = placeOf(offset)
    return single(await admin.messageByOffset(topic, broker, queueId, at))
  }
  if (key === undefined) return messagesIn(admin, topic, flags)
  const window = windowOf(flags)
  const found = await collect(flags, page => admin.messagesByKey({ topic, key, ...window, ...page }))
  if (found.items.length > 0 || flags.cursor !== undefined) return found
  throw new MqError(
    'MQ_NOT_FOUND',
    `no message of ${topic} has the key ${key}${found.warnings.length > 0 ? ', as far as could be searched' : ''}`
  )
}

/** Messages of a window of time, oldest first. */
export const messagesIn = (admin: Admin, topic: string, flags: WindowFlags): Promise<ListResult<MessageRow>> => {
  const window = windowOf(flags)
  const narrow = { tags: flags.tags, queueId: flags.queue, brokerName: flags.broker }
  return collect(flags, page => admin.messagesByTime({ topic, ...window, ...narrow, ...page }))
}

/** Every message of a window, as it comes: for exports and replays. */
export async function* eachMessage(
  admin: Admin,
  topic: string,
  flags: Omit<WindowFlags, 'limit'>,
  warned: (warning: string) => void
): AsyncGenerator<MessageRow> {
  let cursor = flags.cursor
  do {
    const page = await messagesIn(admin, topic, { ...flags, cursor, limit: pageMax })
    for (const warning of page.warnings) warned(warning)
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** Pages until there are as many as wished. What passes no filter does not count. */
const collect = async (
  { limit, cursor: first, grep }: WindowFlags,
  ask: (page: { readonly limit: number; readonly cursor: string | undefined }) => Promise<MessagePage>
): Promise<ListResult<MessageRow>> => {
  const fits = rowFilter({ grep })
  const items: MessageRow[] = []
  const warnings = new Set<string>()
  let cursor = first
  do {
    const page = await ask({ limit: Math.min(pageMax, limit - items.length), cursor })
    items.push(...page.items.filter(fits))
    for (const warning of page.warnings) warnings.add(warning)
    cursor = page.next
  } while (cursor !== undefined && items.length < limit)
  return { items, truncated: cursor !== undefined, next: cursor ?? null, warnings: [...warnings] }
}

export const rowFilter = (flags: FilterFlags): ((row: MessageRow) => boolean) => {
  const fits = messageFilter(flags)
  return ({ body, bodyEncoding, properties }) =>
    fits({ body: Buffer.from(body, bodyEncoding), properties: new Map(Object.entries(properties)) })
}

const single = (row: MessageRow): ListResult<MessageRow> => ({
  items: [row],
  warnings: [],
  truncated: false,
  next: null
})

/** `BROKER/QUEUE/OFFSET`. Throws MQ_USAGE. */
export const placeOf = (text: string): { readonly broker: string; readonly queueId: number; readonly at: number } => {
  const place = /^(.+)\/(\d{1,9})\/(\d{1,15})$/.exec(text)
  if (place === null) {
    throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is no place`, {
      suggestions: ['write it as BROKER/QUEUE/OFFSET, such as broker-a/0/17']
    })
  }
  return { broker: place[1]!, queueId: Number(place[2]), at: Number(place[3]) }
}

/** `--from` and `--to`, everything when absent. Throws MQ_USAGE. */
export const windowOf = ({ from, to }: Pick<WindowFlags, 'from' | 'to'>): { fromMs: number; toMs: number } => {
  const window = { fromMs: timeOf('--from', from) ?? 0, toMs: timeOf('--to', to) ?? Number.MAX_SAFE_INTEGER }
  if (window.fromMs <= window.toMs) return window
  throw new MqError('MQ_USAGE', `--from ${from} is after --to ${to}`)
}

const timeOf = (flag: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const timeMs = parseTime(text, systemClock.now())
  if (timeMs === undefined) {
    throw new MqError('MQ_USAGE', `${flag} ${JSON.stringify(text)} is no time, as 2026-11-24T10:00:00Z or -90m are`)
  }
  return timeMs
}
