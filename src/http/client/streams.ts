/**
 * The streams over HTTP, as NDJSON. One that breaks is opened again where it ended, by `Last-Event-ID`; only what fails
 * at the first opening, or again and again, rejects.
 */
import type { LagEvent, StatsEvent, Streams, TailEvent } from '../../admin/stream-rows.ts'
import { untilAborted } from '../../kit/abort.ts'
import { pause, systemClock } from '../../kit/clock.ts'
import { isMqError, MqError } from '../../kit/errors.ts'
import { type Calls, path, type Query } from './calls.ts'

/** Failures in a row after which a stream is given up. */
const failuresMax = 10
const usualRetryMs = 2000
/** Longest event, characters: a message of 4 MiB in base64, and what stands around it. */
const lineMax = 16 * 1024 * 1024

export const streams = (calls: Calls): Streams => ({
  tail: ({ topic, signal, cursor, ...query }) =>
    follow<TailEvent>(calls, { address: path`/topics/${topic}/messages:tail`, query, signal, cursor }),
  watchLag: ({ group, signal, ...query }) =>
    follow<LagEvent>(calls, { address: path`/groups/${group}/lag`, query: { ...query, watch: true }, signal }),
  watchStats: ({ broker, signal, intervalMs }) =>
    follow<StatsEvent>(calls, {
      address: broker === undefined ? '/overview' : path`/brokers/${broker}/stats`,
      query: { intervalMs, watch: true },
      signal
    })
})

interface Followed {
  readonly address: string
  readonly query: Query
  readonly signal?: AbortSignal | undefined
  readonly cursor?: string | undefined
}

interface AnyEvent {
  readonly event: string
  readonly cursor?: string
}

async function* follow<Event extends AnyEvent>(calls: Calls, wish: Followed): AsyncGenerator<Event> {
  const { retryMs = usualRetryMs } = calls.settings
  // Ends the connection also when the reader just stops reading.
  const ending = new AbortController()
  const stop = (): void => ending.abort()
  wish.signal?.addEventListener('abort', stop, { once: true })
  if (wish.signal?.aborted === true) stop()
  let { cursor } = wish
  let failures = 0
  try {
    for (let opened = false; !ending.signal.aborted; ) {
      const isAgain = opened
      const query = opened ? { ...wish.query, skip: undefined } : wish.query
      try {
        for await (const event of eventsOf<Event>(calls, { ...wish, query, cursor, signal: ending.signal })) {
          cursor = event.cursor ?? cursor
          failures = 0
          const isNews = !isAgain || event.event !== 'begin'
          opened = true
          if (isNews) yield event
        }
        if (++failures > failuresMax) throw new MqError('MQ_CONNECTION_CLOSED', 'the server ends the stream every time')
      } catch (error) {
        if (ending.signal.aborted) return
        if (!opened || !isMqError(error) || !error.retryable || ++failures > failuresMax) throw error
      }
      await untilAborted(pause(systemClock, retryMs), ending.signal).catch(() => {})
    }
  } finally {
    wish.signal?.removeEventListener('abort', stop)
    stop()
  }
}

async function* eventsOf<Event>(
  calls: Calls,
  { address, query, cursor, signal }: Followed & { readonly signal: AbortSignal }
): AsyncGenerator<Event> {
  const parts = await calls.stream(address, { query, signal, ...(cursor === undefined ? {} : { cursor }) })
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of parts) {
    text += decoder.decode(part, { stream: true })
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 1)
      if (line !== '') yield eventOf<Event>(line)
    }
    if (text.length > lineMax) throw new MqError('MQ_SERVER_REFUSED', 'an event of the stream is too long')
  }
}

const eventOf = <Event>(line: string): Event => {
  try {
    return JSON.parse(line) as Event
  } catch (error) {
    throw new MqError('MQ_SERVER_REFUSED', 'the stream has a line that is not JSON', { cause: error })
  }
}
