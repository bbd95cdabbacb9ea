/**
 * Rates over the last 10 seconds, minute and ten minutes, from counters that are read once a second.
 * Java: StoreStatsService.
 */

/** Seconds that are remembered, and one more to measure from. */
const samplesMax = 601
export const rateWindows = [10, 60, 600] as const

export class Rates {
  readonly #width: number
  readonly #times = new Float64Array(samplesMax)
  readonly #values: Float64Array
  #taken = 0

  /** `width` = number of counters that are sampled together. */
  constructor(width: number) {
    this.#width = width
    this.#values = new Float64Array(samplesMax * width)
  }

  /** Remembers the counters as they are at a monotonic time in ms; call it about once a second. */
  sample(nowMs: number, counters: readonly number[]): void {
    const at = this.#taken % samplesMax
    this.#times[at] = nowMs
    for (let counter = 0; counter < this.#width; counter++)
      this.#values[at * this.#width + counter] = counters[counter] ?? 0
    this.#taken++
  }

  /** Growth of a counter per second over the last `seconds`; undefined until so much is known. */
  over(seconds: number, counter: number): number | undefined {
    if (this.#taken <= seconds) return undefined
    const last = (this.#taken - 1) % samplesMax
    const first = (this.#taken - 1 - seconds) % samplesMax
    const elapsedMs = this.#times[last]! - this.#times[first]!
    if (elapsedMs <= 0) return 0
    const growth = this.#values[last * this.#width + counter]! - this.#values[first * this.#width + counter]!
    return (growth * 1000) / elapsedMs
  }
}
