/** What all endpoints do alike: conditions, hashes for the audit, pages' links, deletion of what is not there. */
import { createHash } from 'node:crypto'
import { isMqError, MqError } from '../../kit/errors.ts'
import type { JsonSchema } from './answer.ts'
import type { Answer, Asked, Endpoint, Resource, World } from './endpoint.ts'
import type { Idempotency } from './idempotency.ts'
import type { Note } from './note.ts'

const watch: JsonSchema = { type: 'boolean', description: 'answer with a stream of looks' }
const intervalMs: JsonSchema = {
  type: 'integer',
  minimum: 500,
  maximum: 60_000,
  description: 'between two looks of a stream, milliseconds'
}
const missing: JsonSchema = { enum: ['ok'], description: '`ok`: what is not there counts as deleted' }

/** The query parameters of a row, with those that its kind has besides. */
export const queryOf = ({ method, query, stream }: Endpoint): Readonly<Record<string, JsonSchema>> => ({
  ...query,
  ...(method === 'DELETE' ? { missing } : {}),
  ...(stream?.onWatch === true ? { watch, intervalMs } : {})
})

export interface Call {
  /** As it came, for `Link`. */
  readonly url: string
  readonly note: Note
}

export const etagOf = (value: unknown): string =>
  `"${createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('base64url')
    .slice(0, 22)}"`

/** Runs a row under the conventions. Rejects with what it rejects with, and MQ_PRECONDITION_FAILED. */
export const runRow = async (
  row: Endpoint,
  world: World,
  asked: Asked<unknown, unknown>,
  { url, note }: Call,
  idempotency: Idempotency
): Promise<Answer> => {
  if (row.method === 'GET') return looked(row, asked, url, await row.run!(world, asked))
  const { resource } = row
  if (resource !== undefined) {
    const before = await tagNow(resource, world, asked)
    note.before = before ?? 'absent'
    check(asked, before)
  }
  const { 'idempotency-key': key } = asked.headers
  const run = (): Promise<Answer> => changed(row, world, asked)
  const answer =
    row.idempotent === true && typeof key === 'string'
      ? await idempotency.once(key, asked.caller.id, url, asked.body, run)
      : await run()
  if (resource === undefined || isDry(asked)) return answer
  const after = await tagNow(resource, world, asked)
  note.after = after ?? 'absent'
  if (after === undefined) return answer
  const location: Readonly<Record<string, string>> =
    row.method === 'PUT' && answer.status === 201 ? { location: url.split('?', 1)[0]! } : {}
  return { ...answer, headers: { etag: after, ...location, ...answer.headers } }
}

const isDry = ({ query }: Asked<unknown, unknown>): boolean => (query as { dryRun?: boolean }).dryRun === true

const changed = async (row: Endpoint, world: World, asked: Asked<unknown, unknown>): Promise<Answer> => {
  try {
    return await row.run!(world, asked)
  } catch (error) {
    if (row.method !== 'DELETE' || (asked.query as { missing?: 'ok' }).missing !== 'ok' || !isMissing(error))
      throw error
    return {}
  }
}

const isMissing = (error: unknown): boolean =>
  isMqError(error) && (error.code === 'MQ_NOT_FOUND' || error.code === 'MQ_TOPIC_NOT_FOUND')

/** Undefined = it is not there. */
const tagNow = async (
  { read, part }: Resource,
  world: World,
  { params }: Asked<unknown, unknown>
): Promise<string | undefined> => {
  try {
    const body = await read(world, params)
    return etagOf(part === undefined ? body : part(body))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const check = ({ headers }: Asked<unknown, unknown>, now: string | undefined): void => {
  const wanted = headers['if-match']
  if (wanted !== undefined && !names(wanted, now)) {
    const what = now === undefined ? 'is not there' : 'has changed since it was read'
    throw new MqError('MQ_PRECONDITION_FAILED', `what should be changed ${what}, so nothing was changed`)
  }
  const unwanted = headers['if-none-match']
  if (unwanted !== undefined && now !== undefined && names(unwanted, now)) {
    throw new MqError('MQ_PRECONDITION_FAILED', 'it is there already, so nothing was changed')
  }
}

/** Whether a list of ETags, or `*`, has this one. */
const names = (header: string | string[], tag: string | undefined): boolean => {
  const tags = [header].flat().flatMap(text => text.split(',').map(entry => entry.trim().replace(/^W\//, '')))
  return tag !== undefined && (tags.includes('*') || tags.includes(tag))
}

/** A GET: its ETag, 304 for who has it already, the link to the next page. */
const looked = (row: Endpoint, { headers }: Asked<unknown, unknown>, url: string, answer: Answer): Answer => {
  const { resource } = row
  const etag =
    resource === undefined ? undefined : etagOf(resource.part === undefined ? answer.body : resource.part(answer.body))
  const known = headers['if-none-match']
  if (resource?.whole === true && known !== undefined && names(known, etag))
    return { status: 304, headers: { etag: etag! } }
  const next = (answer.body as { readonly next?: unknown } | undefined)?.next
  const link: Readonly<Record<string, string>> =
    typeof next === 'string' ? { link: `<${nextUrl(url, next)}>; rel="next"` } : {}
  return { ...answer, headers: { ...(etag === undefined ? {} : { etag }), ...link, ...answer.headers } }
}

const nextUrl = (url: string, cursor: string): string => {
  const [path, query = ''] = url.split('?', 2)
  const kept = query.split('&').filter(pair => pair !== '' && !pair.startsWith('cursor='))
  return `${path}?${[...kept, `cursor=${encodeURIComponent(cursor)}`].join('&')}`
}
