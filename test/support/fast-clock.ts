/** A clock that runs faster than the wall's, for time-outs that a test would otherwise have to sit out. */
import { type Clock, systemClock } from '../../src/kit/clock.ts'

/** Dates stay those of the wall clock. */
export const fastClock = (times: number): Clock => ({
  now: () => systemClock.now(),
  monotonic: () => systemClock.monotonic() * times,
  after: (delayMs, task) => systemClock.after(delayMs / times, task),
  every: (periodMs, task) => systemClock.every(Math.max(1, periodMs / times), task)
})
