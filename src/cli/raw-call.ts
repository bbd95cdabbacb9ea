/** A call of the HTTP admin API as it stands, for what no command does. */
import { Calls } from '../http/client/calls.ts'
import { MqError } from '../kit/errors.ts'
import type { Reach } from './reach.ts'

export interface RawCall {
  readonly method: string
  /** Below `/api/v1`, with its query. */
  readonly path: string
  readonly body?: unknown
  readonly paginate: boolean
  readonly timeoutMs: number
}

/** The answer, or the pages of a list as one. Rejects with what the server says. */
export const rawCall = async (url: string, reach: Reach, call: RawCall): Promise<unknown> => {
  const { method, path, body, paginate, timeoutMs } = call
  const calls = new Calls({ url, token: reach.token, timeoutMs })
  const wish = body === undefined ? {} : { body }
  const first: unknown = await calls.call(method, path, wish)
  if (!paginate) return first
  const items = [...itemsOf(first)]
  let cursor = nextOf(first)
  while (cursor !== undefined) {
    const page = await calls.call(method, withCursor(path, cursor), wish)
    items.push(...itemsOf(page))
    const following = nextOf(page)
    // A server that gives the same page for ever must not fill the memory.
    cursor = following === cursor ? undefined : following
  }
  return { ...(first as object), items, next: null, truncated: false }
}

const itemsOf = (page: unknown): readonly unknown[] => {
  const { items } = (page ?? {}) as { items?: unknown }
  if (!Array.isArray(items)) throw new MqError('MQ_USAGE', 'the answer is no list, so it has no pages')
  return items
}

const nextOf = (page: unknown): string | undefined => {
  const { next } = (page ?? {}) as { next?: unknown }
  return typeof next === 'string' ? next : undefined
}

const withCursor = (path: string, cursor: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`

/** `-F a=1 -F b=x`: numbers, booleans and null as such, all else as text. Throws MQ_USAGE. */
export const fieldsBody = (fields: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fields.map(field => {
      const match = /^([^=]+)=([\s\S]*)$/.exec(field)
      if (match === null) throw new MqError('MQ_USAGE', `-F ${JSON.stringify(field)} is not of the form NAME=VALUE`)
      const [, name, text] = match
      return [name!, /^(true|false|null|-?\d{1,15}(\.\d+)?)$/.test(text!) ? JSON.parse(text!) : text]
    })
  )

/** The body of `-d`. Throws MQ_USAGE. */
export const jsonBody = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new MqError('MQ_USAGE', 'the body of -d is not JSON')
  }
}
