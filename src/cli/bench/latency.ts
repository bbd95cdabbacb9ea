/** Latencies with three digits at every size (HDR histograms, as Node has them), in microseconds inside. */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { BenchLatency } from '../result-rows.ts'

const microsPerMs = 1000

export class Latencies {
  readonly #all: RecordableHistogram = createHistogram()
  #second: RecordableHistogram = createHistogram()

  record(ms: number): void {
    const micros = Math.max(1, Math.round(ms * microsPerMs))
    this.#all.record(micros)
    this.#second.record(micros)
  }

  /** Of all so far. */
  get summary(): BenchLatency {
    return summaryOf(this.#all)
  }

  /** Of what came since the last call. */
  takeSecond(): BenchLatency {
    const summary = summaryOf(this.#second)
    this.#second = createHistogram()
    return summary
  }

  /** Milliseconds at each percentile; 0 when nothing was recorded. */
  at(percentiles: readonly number[]): number[] {
    return percentiles.map(percentile => msOf(this.#all, percentile))
  }
}

const round = (micros: number): number => Math.round(micros) / microsPerMs

const msOf = (histogram: RecordableHistogram, percentile: number): number => {
  if (histogram.count === 0) return 0
  if (percentile <= 0) return round(histogram.min)
  return round(percentile >= 100 ? histogram.max : Math.min(histogram.max, histogram.percentile(percentile)))
}

const summaryOf = (histogram: RecordableHistogram): BenchLatency => {
  const { count } = histogram
  return {
    count,
    mean: count === 0 ? 0 : round(histogram.mean),
    p50: msOf(histogram, 50),
    p90: msOf(histogram, 90),
    p99: msOf(histogram, 99),
    p999: msOf(histogram, 99.9),
    max: count === 0 ? 0 : round(histogram.max)
  }
}
