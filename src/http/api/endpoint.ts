/** What a row of the table of the HTTP API declares: validation, OpenAPI and the check of scopes derive from it. */
import type { Admin } from '../../admin/admin.ts'
import { MqError } from '../../kit/errors.ts'

/** `read` looks, `operate` moves offsets and messages, `admin` changes what is set up. Each includes those before it. */
export const scopes = ['read', 'operate', 'admin'] as const
export type Scope = (typeof scopes)[number]

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Asked<Query, Body> {
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface World {
  readonly admin: Admin
  /** Settings of brokers that may be changed over HTTP. */
  readonly configKeys: ReadonlySet<string>
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Absent = 204. */
  readonly body?: unknown
}

export interface Endpoint<Query = unknown, Body = unknown> {
  /** OpenAPI's operationId. */
  readonly id: string
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** Below /api/v1; parameters as `{name}`. */
  readonly path: string
  readonly scope: Scope
  readonly summary: string
  /** Schemas of query parameters; all are optional unless in `required`. */
  readonly query?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly body?: JsonSchema
  run(world: World, asked: Asked<Query, Body>): Promise<Answer>
}

/** Gives the row its types inside, and takes them off outside: the validator stands for them. */
export const endpoint = <Query = object, Body = undefined>(row: Endpoint<Query, Body>): Endpoint =>
  row as unknown as Endpoint

export const text = (maxLength = 255): JsonSchema => ({ type: 'string', minLength: 1, maxLength })
export const whole = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum
})
export const flag: JsonSchema = { type: 'boolean' }
export const record = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = []
): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required
})
/** No control characters: a value is one line of a file somewhere. */
export const line: JsonSchema = { type: 'string', maxLength: 4096, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }

export const dryRun = { dryRun: { ...flag, description: 'tell what would be done, and do nothing' } }
export const target = { cluster: text(), broker: { type: 'array', items: text(), maxItems: 256 } }
export interface TargetQuery {
  readonly cluster?: string
  readonly broker?: readonly string[]
  readonly dryRun?: boolean
}
export const targetOf = ({ cluster, broker }: TargetQuery) => ({ cluster, brokers: broker })

export const paging = {
  limit: { ...whole(1, 1000), default: 100 },
  cursor: { ...text(16_000), description: '`next` of the page before' },
  match: { ...text(), description: 'only names that contain this text' }
}
export interface PageQuery {
  readonly limit: number
  readonly cursor?: string
  readonly match?: string
}

/** One page of a list that is sorted by `keyOf`. The cursor holds the last key, so a change in between moves nothing. */
export const page = <Item>(
  { items, warnings }: { readonly items: readonly Item[]; readonly warnings: readonly string[] },
  { limit, cursor, match }: PageQuery,
  keyOf: (item: Item) => string
): Answer => {
  const after = cursor === undefined ? undefined : decode(cursor)
  const keyed = items.map(item => ({ key: keyOf(item), item })).sort((left, right) => (left.key < right.key ? -1 : 1))
  const wanted = keyed.filter(
    ({ key }) => (after === undefined || key > after) && (match === undefined || key.includes(match))
  )
  const shown = wanted.slice(0, limit)
  const truncated = wanted.length > shown.length
  const next = truncated ? Buffer.from(`k${shown.at(-1)!.key}`).toString('base64url') : null
  return { body: { items: shown.map(entry => entry.item), truncated, next, warnings } }
}

const decode = (cursor: string): string => {
  const key = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!key.startsWith('k')) throw new MqError('MQ_USAGE', 'the cursor is not one that a page gave')
  return key.slice(1)
}
