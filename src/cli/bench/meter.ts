/** Counts what a run of `bench` does, second by second and in all; what comes before the end of the warm-up is left out. */
import type { Clock, Timer } from '../../kit/clock.ts'
import type { BenchResult, BenchSecond } from '../result-rows.ts'
import { Latencies } from './latency.ts'

interface Counts {
  msgs: number
  bytes: number
  errors: number
}

const none = (): Counts => ({ msgs: 0, bytes: 0, errors: 0 })

export class Meter {
  readonly #clock: Clock
  readonly #warmUpMs: number
  #began: number
  latencies = new Latencies()
  #total = none()
  #second = none()
  #seconds = 0
  #timer: Timer | undefined
  lost = 0
  damaged = 0
  duplicates = 0

  constructor(clock: Clock, warmUpMs: number) {
    this.#clock = clock
    this.#warmUpMs = warmUpMs
    this.#began = clock.monotonic()
  }

  /** Begins the time; `tell` is called each second. */
  start(tell: (second: BenchSecond) => void): void {
    this.#restart()
    this.#clock.after(this.#warmUpMs, () => {
      if (this.#warmUpMs > 0) this.#restart()
      this.#timer = this.#clock.every(1000, () => tell(this.#takeSecond()))
    })
  }

  #restart(): void {
    this.#began = this.#clock.monotonic()
    this.latencies = new Latencies()
    this.#total = none()
    this.#second = none()
  }

  /** One message, done. `latencyMs` undefined = it says nothing. */
  done(bytes: number, latencyMs: number | undefined): void {
    for (const counts of [this.#total, this.#second]) {
      counts.msgs++
      counts.bytes += bytes
    }
    if (latencyMs !== undefined) this.latencies.record(latencyMs)
  }

  failed(): void {
    this.#total.errors++
    this.#second.errors++
  }

  #takeSecond(): BenchSecond {
    const second = { event: 'second' as const, second: ++this.#seconds, ...this.#second }
    this.#second = none()
    return { ...second, latency: this.latencies.takeSecond() }
  }

  /** Ends the time. `idleMs` at the end were waiting for what did not come, which is no part of the rate. */
  stop(
    idleMs = 0
  ): Pick<BenchResult, Exclude<keyof BenchResult, 'event' | 'kind' | 'topics' | 'clients' | 'interrupted'>> {
    this.#timer?.cancel()
    const seconds = Math.max(0.001, (this.#clock.monotonic() - this.#began - idleMs) / 1000)
    const { msgs, bytes, errors } = this.#total
    return {
      seconds: Math.round(seconds * 1000) / 1000,
      msgs,
      bytes,
      msgsPerSecond: Math.round(msgs / seconds),
      bytesPerSecond: Math.round(bytes / seconds),
      errors,
      lost: this.lost,
      damaged: this.damaged,
      duplicates: this.duplicates,
      latency: this.latencies.summary
    }
  }
}
