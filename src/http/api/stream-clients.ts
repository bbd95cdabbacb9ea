/** All streams of a server: how many there may be, and that they end when it stops. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../kit/clock.ts'
import { errorText } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import type { Asked, Endpoint, StreamEvent, World } from './endpoint.ts'
import { Refused } from './guard.ts'
import { noteOf, pathOf } from './note.ts'
import { type StreamLimits, type StreamTask, writeStream } from './stream-writer.ts'

/** Milliseconds between two looks where the caller does not say. */
const usualIntervalMs = 2000

export class StreamClients {
  readonly #clock: Clock
  readonly #limits: StreamLimits
  readonly #log: Logger
  readonly #open = new Map<AbortController, Promise<void>>()

  constructor(clock: Clock, limits: StreamLimits, log: Logger) {
    this.#clock = clock
    this.#limits = limits
    this.#log = log
  }

  /** Whether the request asks a row of both kinds for its stream. */
  static wants({ stream }: Endpoint, { query }: Asked<unknown, unknown>): boolean {
    return stream !== undefined && (!stream.onWatch || (query as { watch?: boolean }).watch === true)
  }

  /** Answers with the stream. Rejects before anything is written: Refused (429), and what the source rejects with. */
  async serve(
    row: Endpoint,
    world: World,
    asked: Asked<unknown, unknown>,
    request: FastifyRequest,
    reply: FastifyReply
  ): Promise<void> {
    if (this.#open.size >= this.#limits.clientsMax) {
      throw new Refused(429, `there are ${this.#limits.clientsMax} streams already, which is the most`, 'MQ_TOO_BUSY')
    }
    const ending = new AbortController()
    const { raw } = reply
    const gone = (): void => ending.abort()
    raw.once('close', gone)
    let over: () => void = () => {}
    this.#open.set(
      ending,
      new Promise(resolve => {
        over = resolve
      })
    )
    const end = (): void => {
      raw.off('close', gone)
      ending.abort()
      this.#open.delete(ending)
      over()
    }
    const open = sourceOf(row, world, asked, ending.signal)
    const source = open()
    try {
      const first = await source.next()
      reply.hijack()
      const headers = { ...plain(reply), 'x-accel-buffering': 'no' }
      this.#log.debug({ path: pathOf(request), request: noteOf(request).id }, 'a stream begins')
      const task = { out: raw, format: formatOf(request), open, first, source, headers, signal: ending.signal }
      const lossIntervalMs = row.stream?.onWatch === true ? intervalOf(asked) : undefined
      this.#write({ ...task, lossIntervalMs }, request, end)
    } catch (error) {
      end()
      throw error
    }
  }

  #write(given: Omit<StreamTask, 'slow'>, request: FastifyRequest, end: () => void): void {
    const from = { path: pathOf(request), request: noteOf(request).id, who: noteOf(request).bearer?.id }
    const slow = (isCutOff: boolean): void =>
      this.#log.warn(
        from,
        isCutOff ? 'a reader of a stream is cut off' : 'a reader of a stream is too slow, and loses events'
      )
    const task = { ...given, slow }
    writeStream(task, this.#limits, this.#clock)
      .catch(error => {
        if (task.signal.aborted) return
        this.#log.warn({ ...from, error: errorText(error) }, 'a stream ended early')
      })
      .finally(() => {
        task.out.end()
        end()
      })
  }

  /** Ends all streams, each after a whole event. */
  async close(): Promise<void> {
    const ends = [...this.#open.values()]
    for (const ending of this.#open.keys()) ending.abort()
    await Promise.all(ends)
  }
}

const intervalOf = ({ query }: Asked<unknown, unknown>): number =>
  (query as { intervalMs?: number }).intervalMs ?? usualIntervalMs

const sourceOf = (row: Endpoint, world: World, asked: Asked<unknown, unknown>, signal: AbortSignal) => {
  const query = asked.query as { readonly cursor?: string; readonly skip?: boolean }
  const header = asked.headers['last-event-id']
  const begun = typeof header === 'string' && header !== '' ? header : query.cursor
  return (lost?: { readonly cursor: string | undefined }): AsyncIterator<StreamEvent> => {
    const cursor = lost === undefined ? begun : lost.cursor
    const skip = lost === undefined ? query.skip === true : cursor !== undefined
    const wish = { ...(cursor === undefined ? {} : { cursor }), skip, signal }
    return row.stream!.open(world, asked as Asked<unknown, undefined>, wish)[Symbol.asyncIterator]()
  }
}

const formatOf = ({ headers }: FastifyRequest): 'sse' | 'ndjson' =>
  headers.accept?.includes('application/x-ndjson') === true ? 'ndjson' : 'sse'

/** What fastify would have sent. */
const plain = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
