/**
 * One stream to one reader: server-sent events or NDJSON. A slow reader is waited for, so what it misses stays in the
 * log and not in memory; one that takes nothing for a while loses what came meanwhile and is told how much; one that
 * takes nothing at all is cut off.
 */
import type { ServerResponse } from 'node:http'
import type { Clock } from '../../kit/clock.ts'
import type { StreamEvent } from './endpoint.ts'

export interface StreamLimits {
  /** Bytes that may wait for a reader. */
  readonly bufferMax: number
  /** How long a reader is waited for before it loses events, milliseconds. */
  readonly patienceMs: number
  /** How long a reader may take nothing at all, milliseconds. */
  readonly stallMs: number
  readonly heartbeatMs: number
  /** Streams at the same time. */
  readonly clientsMax: number
}

export const usualStreamLimits: StreamLimits = {
  bufferMax: 256 * 1024,
  patienceMs: 5000,
  stallMs: 60_000,
  heartbeatMs: 15_000,
  clientsMax: 100
}

export type StreamFormat = 'sse' | 'ndjson'

const retryMs = 2000

/** Opens the source, again after a loss: with the cursor after which the reader has nothing. */
export type OpenSource = (lost?: { readonly cursor: string | undefined }) => AsyncIterator<StreamEvent>

export interface StreamTask {
  readonly out: ServerResponse
  readonly format: StreamFormat
  readonly open: OpenSource
  /** The source's first event, which came before the answer's head was written. */
  readonly first: IteratorResult<StreamEvent>
  readonly source: AsyncIterator<StreamEvent>
  /** Set where the source does not tell itself what was lost: milliseconds between its events. */
  readonly lossIntervalMs?: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Called when the reader begins to lose events, and when it is cut off. */
  readonly slow: (isCutOff: boolean) => void
}

/** Resolves when the stream is over. Rejects with what the source rejects with. */
export const writeStream = async (task: StreamTask, limits: StreamLimits, clock: Clock): Promise<void> => {
  const { out, format, signal, lossIntervalMs } = task
  const type = format === 'sse' ? 'text/event-stream; charset=utf-8' : 'application/x-ndjson; charset=utf-8'
  out.writeHead(200, { ...task.headers, 'content-type': type })
  out.write(format === 'sse' ? `retry: ${retryMs}\n\n` : '\n')
  const beat = clock.every(limits.heartbeatMs, () => {
    if (out.writableLength === 0) out.write(format === 'sse' ? ': still here\n\n' : '\n')
  })
  let { source, first: result } = task
  let cursor: string | undefined
  try {
    while (result.done !== true && !signal.aborted) {
      const wrote = out.write(textOf(result.value, format))
      cursor = result.value.cursor ?? cursor
      if (!wrote && out.writableLength > limits.bufferMax && !(await drained(out, limits.patienceMs, clock, signal))) {
        await source.return?.()
        task.slow(false)
        const since = clock.monotonic()
        if (signal.aborted || !(await drained(out, limits.stallMs, clock, signal))) {
          if (!signal.aborted) task.slow(true)
          out.destroy()
          return
        }
        if (lossIntervalMs !== undefined) {
          const lost = limits.patienceMs + clock.monotonic() - since
          out.write(textOf({ event: 'dropped', data: { count: Math.ceil(lost / lossIntervalMs) } }, format))
        }
        source = task.open({ cursor })
      }
      result = await source.next()
    }
  } finally {
    beat.cancel()
    await source.return?.()
  }
}

const textOf = (event: StreamEvent, format: StreamFormat): string => {
  if (format === 'ndjson') return `${JSON.stringify(event)}\n`
  const id = event.cursor === undefined ? '' : `id: ${event.cursor}\n`
  return `${id}event: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`
}

/** Whether the reader takes what waits for it within the time. */
const drained = (out: ServerResponse, withinMs: number, clock: Clock, signal: AbortSignal): Promise<boolean> =>
  new Promise(resolve => {
    const end = (is: boolean): void => {
      timer.cancel()
      out.off('drain', yes)
      out.off('close', no)
      signal.removeEventListener('abort', no)
      resolve(is)
    }
    const yes = (): void => end(true)
    const no = (): void => end(false)
    const timer = clock.after(withinMs, no)
    if (out.destroyed || signal.aborted) return no()
    if (out.writableLength === 0) return yes()
    out.once('drain', yes)
    out.once('close', no)
    signal.addEventListener('abort', no, { once: true })
  })
