/**
 * HTTP as a client: the door of undici. Only what was asked for by name is ever contacted. Of undici only the pool and
 * one call are loaded: all of it costs a command more processor time (120 ms) than everything else that it does.
 */
import { createRequire } from 'node:module'
import type { Dispatcher, Pool as UndiciPool } from 'undici'
import { errorText, MqError } from './errors.ts'

const require = createRequire(import.meta.url)
const Pool = require('undici/lib/dispatcher/pool.js') as typeof UndiciPool
const request = require('undici/lib/api/api-request.js') as (
  this: Dispatcher,
  options: Dispatcher.RequestOptions
) => Promise<Dispatcher.ResponseData>

export interface HttpCall {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole call, milliseconds. */
  readonly timeoutMs: number
  /** A unix socket to go through; the host of the URL is only said to the server then. */
  readonly socketPath?: string | undefined
  /** Longest answer, bytes; 256 MiB when absent. */
  readonly bytesMax?: number
}

export interface HttpResult {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

const usualBytesMax = 256 * 1024 * 1024

/** Rejects with MQ_TIMEOUT, or MQ_CONNECT_FAILED when there is no answer. Follows no redirect. */
export const callHttp = async (url: string, call: HttpCall): Promise<HttpResult> => {
  const { timeoutMs, bytesMax = usualBytesMax } = call
  try {
    const answer = await send(url, call, AbortSignal.timeout(timeoutMs), timeoutMs)
    const text = await textOf(answer.body, bytesMax)
    return { status: answer.statusCode, headers: headersOf(answer), text }
  } catch (error) {
    throw failure(url, error, timeoutMs)
  }
}

export interface StreamCall extends Pick<HttpCall, 'headers' | 'socketPath'> {
  /** Until the head of the answer is there, and then between two parts of it, milliseconds. */
  readonly idleMs: number
  readonly signal: AbortSignal
}

export interface HttpStream {
  readonly status: number
  /** Rejects with MQ_CONNECT_FAILED when the connection breaks, and when nothing comes for too long. */
  readonly parts: AsyncIterable<Buffer>
}

/** A GET whose answer goes on and on. Rejects as `callHttp`, and with the signal's reason. */
export const openHttpStream = async (url: string, call: StreamCall): Promise<HttpStream> => {
  try {
    const answer = await send(url, { ...call, method: 'GET' }, call.signal, call.idleMs)
    return { status: answer.statusCode, parts: partsOf(url, answer.body, call) }
  } catch (error) {
    if (call.signal.aborted) throw error
    throw failure(url, error, call.idleMs)
  }
}

async function* partsOf(
  url: string,
  body: AsyncIterable<Buffer>,
  { signal, idleMs }: StreamCall
): AsyncGenerator<Buffer> {
  try {
    for await (const part of body) yield part
  } catch (error) {
    if (signal.aborted) return
    throw failure(url, error, idleMs)
  }
}

/** Connections are kept for a few seconds, and do not keep the process alive meanwhile. */
const pools = new Map<string, UndiciPool>()
const poolsMax = 16
const connectionsMax = 16

const poolOf = (origin: string, socketPath: string | undefined): UndiciPool => {
  const name = `${origin} ${socketPath ?? ''}`
  const known = pools.get(name)
  if (known !== undefined) return known
  const oldest = pools.size >= poolsMax ? pools.keys().next().value : undefined
  if (oldest !== undefined) {
    pools.get(oldest)?.close()
    pools.delete(oldest)
  }
  const pool = new Pool(origin, {
    connections: connectionsMax,
    pipelining: 1,
    ...(socketPath === undefined ? {} : { socketPath })
  })
  pools.set(name, pool)
  return pool
}

const send = async (
  url: string,
  { method, headers, body, socketPath }: Pick<HttpCall, 'method' | 'headers' | 'body' | 'socketPath'>,
  signal: AbortSignal,
  withinMs: number
): Promise<Dispatcher.ResponseData> => {
  const { origin, pathname, search } = new URL(url)
  return request.call(poolOf(origin, socketPath), {
    method: method as Dispatcher.HttpMethod,
    path: `${pathname}${search}`,
    headers: { ...headers },
    signal,
    headersTimeout: withinMs,
    bodyTimeout: withinMs,
    ...(body === undefined ? {} : { body })
  })
}

const headersOf = ({ headers }: Dispatcher.ResponseData): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  )

const textOf = async (body: AsyncIterable<Buffer>, bytesMax: number): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > bytesMax) throw new Error(`more than ${bytesMax} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const failure = (url: string, error: unknown, timeoutMs: number): MqError => {
  const { name, code } = error as { readonly name?: string; readonly code?: string }
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new MqError('MQ_TIMEOUT', `${url} did not answer within ${timeoutMs} ms`, { cause: error })
  }
  return new MqError('MQ_CONNECT_FAILED', `${url} does not answer: ${reasonOf(error)}`, { cause: error })
}

/** A name with several addresses fails with one error for all of them. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const text = errorText(error)
  return text === '' ? String((error as { readonly code?: unknown }).code ?? 'no reason given') : text
}

export interface FetchLimits {
  /** For the whole answer, milliseconds. */
  readonly timeoutMs: number
  /** Longest answer, bytes. */
  readonly bytesMax: number
}

/** The text of an answer of 200. Rejects with MQ_CONNECT_FAILED, which says what was wrong with the answer. */
export const fetchText = async (url: string, limits: FetchLimits): Promise<string> => {
  try {
    const signal = AbortSignal.timeout(limits.timeoutMs)
    const answer = await send(url, { method: 'GET', headers: {} }, signal, limits.timeoutMs)
    if (answer.statusCode !== 200) {
      // The rest is read away, so that the connection can be used again; a long one is not.
      await answer.body.dump({ limit: limits.bytesMax })
      throw new Error(`status ${answer.statusCode} instead of 200`)
    }
    return await textOf(answer.body, limits.bytesMax)
  } catch (error) {
    throw new MqError('MQ_CONNECT_FAILED', `${url} gave no answer that can be used: ${reasonOf(error)}`, {
      cause: error
    })
  }
}
