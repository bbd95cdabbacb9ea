/** A clock that stands still until the test moves it; timers run in the order of their times. */
import type { Clock, Timer } from '../../src/kit/clock.ts'

interface Due {
  readonly id: number
  at: number
  readonly task: () => void
  readonly periodMs: number | undefined
}

export interface ManualClock extends Clock {
  /** Moves both clocks on, running what falls due on the way. */
  advance(ms: number): void
  /** Timers that wait. */
  readonly waiting: number
}

export const manualClock = (startMs = 1_700_000_000_000): ManualClock => {
  let elapsed = 0
  let lastId = 0
  const timers = new Map<number, Due>()
  const add = (delayMs: number, task: () => void, periodMs: number | undefined): Timer => {
    const timer = { id: ++lastId, at: elapsed + Math.max(0, delayMs), task, periodMs }
    timers.set(timer.id, timer)
    return { cancel: () => void timers.delete(timer.id) }
  }
  const nextDue = (until: number): Due | undefined => {
    let next: Due | undefined
    for (const timer of timers.values()) {
      if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer
    }
    return next
  }
  return {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    after: (delayMs, task) => add(delayMs, task, undefined),
    every: (periodMs, task) => add(periodMs, task, periodMs),
    get waiting() {
      return timers.size
    },
    advance(ms) {
      const until = elapsed + ms
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        elapsed = due.at
        if (due.periodMs === undefined) timers.delete(due.id)
        else due.at += due.periodMs
        due.task()
      }
      elapsed = until
    }
  }
}
