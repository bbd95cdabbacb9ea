/** Time as an argument: domain code never reads the clock itself, so that a test or a simulation can move it. */
export interface Timer {
  cancel(): void
}

export interface Clock {
  /** Wall clock, milliseconds since 1970. May jump; use it only for what is stored or shown. */
  now(): number
  /** Milliseconds since some fixed point; never goes back. Use it for durations and deadlines. */
  monotonic(): number
  /** Runs `task` once after `delayMs`. The timer alone does not keep the process alive. */
  after(delayMs: number, task: () => void): Timer
  /** Runs `task` every `periodMs`, first after one period. The timer alone does not keep the process alive. */
  every(periodMs: number, task: () => void): Timer
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs)
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
  every(periodMs, task) {
    const timer = setInterval(task, periodMs)
    timer.unref()
    return { cancel: () => clearInterval(timer) }
  }
}

/** Resolves after `delayMs` of the given clock. */
export const pause = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise(resolve => {
    clock.after(delayMs, resolve)
  })
