/** A steady rate: when each of a row of acts is due. The due times do not wait for late acts, so delays stay visible. */
import type { Clock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600]
])

/** Reads `100`, `100/s`, `30/m`. In acts per second; throws MQ_USAGE. */
export const parseRate = (text: string): number => {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(?:\/(s|m|h))?$/.exec(text)
  const rate = match === null ? 0 : Number(match[1]) / units.get(match[2] ?? 's')!
  if (!(rate > 0)) throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is no rate, as 100, 100/s or 30/m are`)
  return rate
}

export interface Pace {
  /** When act `index` (from 0) is due, by the clock's monotonic time. */
  due(index: number): number
  /** Resolves when the act is due, at once when it is late, or when the signal fires. */
  wait(index: number, signal?: AbortSignal): Promise<void>
}

/** `perSecond` acts from now on. */
export const pace = (perSecond: number, clock: Clock): Pace => {
  const began = clock.monotonic()
  const due = (index: number): number => began + (index * 1000) / perSecond
  return {
    due,
    wait(index, signal) {
      return waitFor(clock, due(index) - clock.monotonic(), signal)
    }
  }
}

/** Resolves after so many milliseconds, at once when there are none, or when the signal fires. */
export const waitFor = (clock: Clock, leftMs: number, signal?: AbortSignal): Promise<void> => {
  if (leftMs <= 0 || signal?.aborted === true) return Promise.resolve()
  return new Promise(resolve => {
    const end = (): void => {
      timer.cancel()
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = clock.after(leftMs, end)
    signal?.addEventListener('abort', end, { once: true })
  })
}
