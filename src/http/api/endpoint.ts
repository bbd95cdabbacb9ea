/** What a row of the table of the HTTP API declares: validation, OpenAPI and the check of scopes derive from it. */
import type { Admin } from '../../admin/admin.ts'
import type { ApiVersion, WhoAmI } from '../../admin/api-rows.ts'
import type { RowName } from '../../admin/row-schemas.ts'
import type { Clock } from '../../kit/clock.ts'
import type { AnswerShape, JsonSchema } from './answer.ts'
import type { Scope } from './scopes.ts'
import type { Tokens } from './tokens.ts'

export interface Asked<Query, Body> {
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly caller: WhoAmI
}

export interface World {
  readonly admin: Admin
  /** Settings of brokers that may be changed over HTTP. */
  readonly configKeys: ReadonlySet<string>
  /** The same of NameServers. */
  readonly namesrvConfigKeys: ReadonlySet<string>
  readonly tokens: Tokens
  readonly version: ApiVersion
  readonly clock: Clock
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
  /** The row of src/admin that a success answers with; absent = nothing (204). */
  readonly answer?: AnswerShape
  /** What is read or changed, for ETag, `If-Match`, `If-None-Match: *` and the audit. */
  readonly resource?: Resource
  /** What `application/merge-patch+json` says, in the words of the row's own body. */
  readonly mergePatch?: (patch: object) => unknown
  /** An `Idempotency-Key` makes sure that a request that is sent again is not done again. */
  readonly idempotent?: boolean
  readonly stream?: Stream<Query>
  /** Absent where there is only a stream. */
  run?(world: World, asked: Asked<Query, Body>): Promise<Answer>
}

export interface Resource {
  /** As the GET of the same path answers. Rejects with an error of 404 when it is not there. */
  read(world: World, params: Readonly<Record<string, string>>): Promise<unknown>
  /** The part that changes are about, without counters that move by themselves; all when absent. */
  part?(body: unknown): unknown
  /** Nothing of the answer moves while the part stays: who has it already gets 304. */
  readonly whole?: boolean
}

export interface StreamEvent {
  readonly event: string
  readonly cursor?: string
  readonly data: unknown
}

/** What to stream, and from where: set out by the frame from the query and `Last-Event-ID`. */
export interface StreamWish {
  /** Of the last event that the reader has seen. */
  readonly cursor?: string
  /** Pass over what came after the cursor. */
  readonly skip: boolean
  readonly signal: AbortSignal
}

export interface Stream<Query = unknown> {
  /** The union of its events. */
  readonly events: RowName
  /** Only with `?watch=true`; without it the row's `run` answers once. */
  readonly onWatch: boolean
  open(world: World, asked: Asked<Query, undefined>, wish: StreamWish): AsyncIterable<StreamEvent>
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
