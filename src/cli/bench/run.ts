/** `bench produce`, `bench consume`, `bench e2e`: one run over a cluster, with its figures at the end. */
import { Producer } from '../../client/producer.ts'
import type { ReceivedMessage } from '../../client/received-message.ts'
import type { Session } from '../../client/session.ts'
import type { Clock, Timer } from '../../kit/clock.ts'
import type { Random } from '../../kit/random.ts'
import { waitFor } from '../pace.ts'
import type { BenchResult, BenchSecond } from '../result-rows.ts'
import { Bodies, readBody, type Size } from './bodies.ts'
import type { Latencies } from './latency.ts'
import { load } from './load.ts'
import { Meter } from './meter.ts'
import { NumberSet } from './number-set.ts'
import { Gaps, plansOf, readAll, readAsGroup } from './received.ts'

export interface BenchPlan {
  readonly kind: BenchResult['kind']
  readonly topics: readonly string[]
  readonly inFlight: number
  readonly batch: number
  readonly sizes: readonly Size[]
  /** Messages per second; undefined = as many as there can be. */
  readonly rate: number | undefined
  readonly msgs: number | undefined
  readonly durationMs: number | undefined
  readonly warmUpMs: number
  /** `consume` as members of this group. */
  readonly group: string | undefined
  /** How long `e2e` waits for what has been stored. */
  readonly patienceMs: number
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal
  readonly tell: (second: BenchSecond) => void
  readonly clock: Clock
  readonly random: Random
}

/** Rejects with what kept it from measuring: no route, no permission. A send that failed is counted. */
export const bench = async (
  sessions: readonly Session[],
  plan: BenchPlan
): Promise<{ readonly result: BenchResult; readonly latencies: Latencies }> => {
  const meter = new Meter(plan.clock, plan.warmUpMs)
  const run = { produce, consume, e2e }[plan.kind]
  const ending = timed(plan)
  try {
    const idleMs = await run(sessions, plan, meter, ending)
    const { kind, topics, signal } = plan
    const head = { event: 'result' as const, kind, topics, clients: sessions.length, interrupted: signal.aborted }
    return { result: { ...head, ...meter.stop(idleMs) }, latencies: meter.latencies }
  } finally {
    meter.stop()
    ending.end()
  }
}

interface Ending {
  /** Fires at the end of the time, on Ctrl-C, or when all is done. */
  readonly signal: AbortSignal
  /** Begins the time. */
  start(): void
  end(): void
}

const timed = ({ durationMs, warmUpMs, signal, clock }: BenchPlan): Ending => {
  const controller = new AbortController()
  const end = (): void => controller.abort()
  if (signal.aborted) end()
  signal.addEventListener('abort', end, { once: true })
  let timer: Timer | undefined
  return {
    signal: controller.signal,
    start: () => {
      if (durationMs !== undefined) timer = clock.after(warmUpMs + durationMs, end)
    },
    end: () => {
      timer?.cancel()
      signal.removeEventListener('abort', end)
      end()
    }
  }
}

/** Bodies must have the size that is asked for, so nothing is compressed; a retry would hide a failure. */
const producersOf = (sessions: readonly Session[]): Producer[] =>
  sessions.map(
    session => new Producer(session, { group: 'MQ_BENCH', retries: 0, compressAboveBytes: Number.POSITIVE_INFINITY })
  )

const produce = async (
  sessions: readonly Session[],
  plan: BenchPlan,
  meter: Meter,
  ending: Ending
): Promise<number> => {
  const { clock } = plan
  const producers = producersOf(sessions)
  const bodies = new Bodies(plan.sizes, plan.random)
  for (const [at, producer] of producers.entries()) await producer.queues(plan.topics[at % plan.topics.length]!)
  meter.start(plan.tell)
  ending.start()
  const stored = (numbers: readonly number[], bytes: number, due: number): void => {
    const latency = clock.monotonic() - due
    for (const _ of numbers) meter.done(bytes / numbers.length, latency)
  }
  await load({ ...plan, producers, bodies, signal: ending.signal, stored }, meter)
  return 0
}

const consume = async (
  sessions: readonly Session[],
  plan: BenchPlan,
  meter: Meter,
  ending: Ending
): Promise<number> => {
  const { topics, group, msgs, clock } = plan
  const goesOn = plan.durationMs !== undefined || msgs !== undefined
  const beganMs = clock.now()
  const gaps = new Gaps()
  let taken = 0
  const take = (message: ReceivedMessage): void => {
    if (ending.signal.aborted) return
    if (group === undefined) meter.lost += gaps.before(message)
    if (readBody(message.body) === 'damaged') meter.damaged++
    const { storeTimestamp } = message
    meter.done(message.body.length, storeTimestamp >= beganMs ? Math.max(0, clock.now() - storeTimestamp) : undefined)
    if (++taken === msgs) ending.end()
  }
  const plans = group === undefined ? await plansOf(sessions[0]!, topics, 'start') : []
  meter.start(plan.tell)
  ending.start()
  if (group !== undefined) {
    await readAsGroup(sessions, { group, topics, stopAtEnd: !goesOn, signal: ending.signal }, take)
  } else {
    const wanted = plans.map(({ place, from, to }) => (goesOn ? { place, from } : { place, from, to }))
    await readAll(sessions, wanted, ending.signal, take)
  }
  return 0
}

const e2e = async (sessions: readonly Session[], plan: BenchPlan, meter: Meter, ending: Ending): Promise<number> => {
  const { clock } = plan
  const bodies = new Bodies(plan.sizes, plan.random)
  const missing = new Map<number, true>()
  const received = new NumberSet()
  const reading = new AbortController()
  let allSent = false
  let lastMs = clock.monotonic()
  const take = (message: ReceivedMessage): void => {
    const info = readBody(message.body)
    if (info === 'damaged') meter.damaged++
    if (info === undefined || info === 'damaged' || info.run !== bodies.run) return
    if (!received.add(info.number)) meter.duplicates++
    missing.delete(info.number)
    lastMs = clock.monotonic()
    meter.done(message.body.length, lastMs - info.due)
    if (allSent && missing.size === 0) reading.abort()
  }
  const plans = await plansOf(sessions[0]!, plan.topics, 'end')
  const reader = readAll(
    sessions,
    plans.map(({ place, from }) => ({ place, from })),
    reading.signal,
    take
  )
  // Its failure is told where it is waited for.
  reader.catch(() => ending.end())
  meter.start(plan.tell)
  ending.start()
  const stored = (numbers: readonly number[]): void => {
    for (const number of numbers) if (!received.has(number)) missing.set(number, true)
  }
  try {
    await load({ ...plan, producers: producersOf(sessions), bodies, signal: ending.signal, stored }, meter)
    allSent = true
    if (missing.size === 0) reading.abort()
    await Promise.race([reader, waitFor(clock, plan.patienceMs, reading.signal)])
  } finally {
    reading.abort()
  }
  await reader
  meter.lost = missing.size
  return missing.size === 0 ? 0 : clock.monotonic() - lastMs
}
