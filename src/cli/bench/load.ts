/**
 * The sending side of `bench`: several clients, each with several sends in flight. With a rate each send has a time at
 * which it is due, and its latency counts from then: a server that stalls makes the sends behind the stall late, and
 * that is seen (no coordinated omission).
 */
import type { Producer, SendOptions } from '../../client/producer.ts'
import { type Clock, pause } from '../../kit/clock.ts'
import { isMqError } from '../../kit/errors.ts'
import { pace } from '../pace.ts'
import type { Bodies } from './bodies.ts'
import type { Meter } from './meter.ts'

export interface LoadWish {
  readonly producers: readonly Producer[]
  readonly topics: readonly string[]
  readonly bodies: Bodies
  /** Sends in flight of each client. */
  readonly inFlight: number
  readonly batch: number
  /** Messages per second of all clients together. */
  readonly rate: number | undefined
  /** Messages in all; undefined = until the signal fires. */
  readonly msgs: number | undefined
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Called when messages are stored: their numbers, and their bytes. */
  readonly stored: (numbers: readonly number[], bytes: number, due: number) => void
}

/** A timer that wakes later than this would be seen in the latencies. */
const timerMs = 1

/** Resolves when all is sent. Rejects with the first failure that another try would not pass. */
export const load = async (wish: LoadWish, meter: Meter): Promise<void> => {
  const { producers, inFlight, batch, rate, msgs, signal, clock } = wish
  const steady = rate === undefined ? undefined : pace(rate, clock)
  let next = 0
  let failure: unknown
  const lane = async (producer: Producer): Promise<void> => {
    while (!signal.aborted && failure === undefined) {
      const first = next
      const count = Math.min(batch, (msgs ?? Number.POSITIVE_INFINITY) - first)
      if (count <= 0) return
      next += count
      if (steady !== undefined) await until(steady.due(first), clock, signal)
      if (signal.aborted) return
      try {
        await send(producer, wish, first, count, steady?.due(first) ?? clock.monotonic())
      } catch (error) {
        if (!isMqError(error) || !error.retryable) failure ??= error
        meter.failed()
      }
    }
  }
  const lanes = producers.flatMap(producer => Array.from({ length: inFlight }, () => lane(producer)))
  await Promise.all(lanes)
  if (failure !== undefined) throw failure
}

/** Sleeps until shortly before, and then lets other work go first until it is time. */
const until = async (due: number, clock: Clock, signal: AbortSignal): Promise<void> => {
  const left = due - clock.monotonic()
  // A long sleep would keep Ctrl-C waiting.
  for (let rest = left; rest > timerMs && !signal.aborted; rest = due - clock.monotonic()) {
    await pause(clock, Math.min(100, rest - timerMs))
  }
  while (clock.monotonic() < due && !signal.aborted) await new Promise(resolve => setImmediate(resolve))
}

const send = async (
  producer: Producer,
  { topics, bodies, stored, batch }: LoadWish,
  first: number,
  count: number,
  due: number
): Promise<void> => {
  const topic = topics[Math.floor(first / batch) % topics.length]!
  const numbers = Array.from({ length: count }, (_, at) => first + at)
  const messages = numbers.map(number => ({ topic, body: bodies.make(number, due) }))
  const options: SendOptions = {}
  if (batch === 1) await producer.send(messages[0]!, options)
  else await producer.sendBatch(messages, options)
  stored(
    numbers,
    messages.reduce((sum, { body }) => sum + body.length, 0),
    due
  )
}
