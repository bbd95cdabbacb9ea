/** One call of the admin API: paths, queries, pages, and problems turned back into the errors that they were made of. */
import type { Listing } from '../../admin/admin.ts'
import { type ErrorCode, errorRows, MqError } from '../../kit/errors.ts'
import { callHttp, openHttpStream } from '../../kit/fetch.ts'

export interface HttpAdminSettings {
  /** Such as `http://127.0.0.1:10910`, or `unix:/path/of/http.sock`. */
  readonly url: string
  readonly token?: string | undefined
  /** For one call, milliseconds. */
  readonly timeoutMs: number
  /** Pause before a stream that broke is opened again, milliseconds; 2,000 when absent. */
  readonly retryMs?: number
}

export interface StreamWish {
  readonly query: Query
  /** Of the last event that came. */
  readonly cursor?: string
  readonly signal: AbortSignal
}

/** A server says that it is there every 15 s. */
const streamIdleMs = 40_000

type QueryValue = string | number | boolean | readonly string[] | undefined
export type Query = Readonly<Record<string, QueryValue>>

export interface CallWish {
  readonly query?: Query
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** How many times the usual time the answer may take; 1 when absent. */
  readonly patience?: number
}

const pageSize = 1000

export class Calls {
  readonly settings: HttpAdminSettings
  readonly #origin: string
  readonly #socketPath: string | undefined

  /** Throws MQ_USAGE for an address that is none. */
  constructor(settings: HttpAdminSettings) {
    this.settings = settings
    const { origin, socketPath } = serverOf(settings.url)
    this.#origin = origin
    this.#socketPath = socketPath
  }

  /** The answer's body. Rejects with the error that the server met, or with one of kit/fetch.ts. */
  async call<Result>(
    method: string,
    path: string,
    { query = {}, body, headers = {}, patience = 1 }: CallWish = {}
  ): Promise<Result> {
    const { timeoutMs } = this.settings
    const address = `${this.#origin}/api/v1${path}${queryText(query)}`
    const answer = await callHttp(address, {
      method,
      timeoutMs: timeoutMs * patience,
      socketPath: this.#socketPath,
      headers: {
        ...headers,
        accept: 'application/json',
        ...this.#authorization(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    if (answer.status === 204) return undefined as Result
    const parsed = parse(answer.text)
    if (answer.status >= 200 && answer.status < 300 && parsed !== undefined) return parsed as Result
    throw problemError(address, answer.status, parsed)
  }

  /** The parts of a stream of NDJSON. Rejects as `call`. */
  async stream(path: string, { query, cursor, signal }: StreamWish): Promise<AsyncIterable<Buffer>> {
    const address = `${this.#origin}/api/v1${path}${queryText(query)}`
    const accept = { accept: 'application/x-ndjson', ...this.#authorization() }
    const headers = cursor === undefined ? accept : { ...accept, 'last-event-id': cursor }
    const { status, parts } = await openHttpStream(address, {
      headers,
      signal,
      idleMs: streamIdleMs,
      socketPath: this.#socketPath
    })
    if (status === 200) return parts
    const bytes: Buffer[] = []
    for await (const part of parts) bytes.push(part)
    throw problemError(address, status, parse(Buffer.concat(bytes).toString('utf8')))
  }

  #authorization(): Readonly<Record<string, string>> {
    const { token } = this.settings
    return token === undefined ? {} : { authorization: `Bearer ${token}` }
  }

  /** All pages of a list. */
  async list<Item>(path: string, query: Query = {}): Promise<Listing<Item>> {
    const items: Item[] = []
    const warnings = new Set<string>()
    let cursor: string | undefined
    do {
      const page: Listing<Item> & { readonly next: string | null } = await this.call('GET', path, {
        query: { ...query, limit: pageSize, cursor }
      })
      items.push(...page.items)
      for (const warning of page.warnings) warnings.add(warning)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return { items, warnings: [...warnings] }
  }

  async items<Item>(path: string, wish: CallWish = {}, method = 'GET'): Promise<readonly Item[]> {
    return (await this.call<{ readonly items: readonly Item[] }>(method, path, wish)).items
  }
}

/** A path with each name percent-encoded: `path\`/topics/${topic}\``. */
export const path = (parts: TemplateStringsArray, ...names: readonly string[]): string =>
  parts.reduce((made, part, at) => `${made}${encodeURIComponent(names[at - 1]!)}${part}`)

const serverOf = (url: string): { readonly origin: string; readonly socketPath?: string } => {
  if (url.startsWith('unix:'))
    return { origin: 'http://localhost', socketPath: url.slice(5).replace(/^\/\/(?=\/)/, '') }
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return { origin: url.replace(/\/+$/, '') }
  throw new MqError('MQ_USAGE', `${url} is no address of an HTTP admin API: http://HOST:PORT, or unix:/PATH`)
}

const queryText = (query: Query): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value as string | undefined]).flatMap(entry =>
      entry === undefined ? [] : [`${name}=${encodeURIComponent(entry)}`]
    )
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface ProblemBody {
  readonly errorCode?: unknown
  readonly detail?: unknown
  readonly code?: unknown
  readonly suggestions?: unknown
}

const problemError = (url: string, status: number, parsed: unknown): MqError => {
  const { errorCode, detail, code, suggestions } = (parsed ?? {}) as ProblemBody
  if (typeof errorCode !== 'string' || !Object.hasOwn(errorRows, errorCode) || typeof detail !== 'string') {
    return new MqError('MQ_SERVER_REFUSED', `${url} answered ${status}, and not as the admin API of mq does`)
  }
  const known = errorCode as ErrorCode
  const row: { readonly suggestion?: string } = errorRows[known]
  const texts = Array.isArray(suggestions) ? suggestions.filter(text => typeof text === 'string') : []
  return new MqError(known, detail, {
    // The row's own comes back by itself.
    suggestions: texts.filter(text => text !== row.suggestion),
    ...(typeof code === 'number' ? { responseCode: code } : {})
  })
}
