/**
 * Counters over the last minute, hour and day: each keeps what it was at earlier looks, and a window tells how much it
 * has grown since the oldest of them. All counters are looked at together, so the times are kept once.
 * Java: StatsItem, StatsSnapshot.
 */

/** Looks that a window remembers, and the seconds between two of them: it covers a little more than its name says. */
const spans = {
  minute: { samples: 7, seconds: 10 },
  hour: { samples: 7, seconds: 600 },
  day: { samples: 25, seconds: 3600 }
} as const

export type WindowName = keyof typeof spans
const windowNames = Object.keys(spans) as WindowName[]

/** Rates of shorter times say little: one message right after the start is not a thousand a second. */
const elapsedMinMs = 10_000

/** What a counter knows, in the order in which it is kept. */
export const counted = ['messages', 'bytes', 'calls'] as const
export type Counted = (typeof counted)[number]

export interface WindowSum {
  readonly sum: number
  readonly perSecond: number
  /** Of `sum`, per call. */
  readonly perCall: number
}

/** When the looks were taken: monotonic milliseconds. */
export class WindowTimes {
  readonly #times: Readonly<Record<WindowName, Float64Array>> = {
    minute: new Float64Array(spans.minute.samples),
    hour: new Float64Array(spans.hour.samples),
    day: new Float64Array(spans.day.samples)
  }
  readonly #taken: Record<WindowName, number> = { minute: 0, hour: 0, day: 0 }
  #seconds = 0

  constructor(nowMs: number) {
    for (const name of windowNames) this.#take(name, nowMs)
  }

  /** Call it once a second; `look` says at which places of which windows the counters are to be kept now. */
  tick(nowMs: number, look: (name: WindowName, at: number) => void): void {
    this.#seconds++
    for (const name of windowNames) if (this.#seconds % spans[name].seconds === 0) look(name, this.#take(name, nowMs))
  }

  /** Where the oldest look of a window is, and when it was. */
  oldest(name: WindowName): { readonly at: number; readonly timeMs: number } {
    const { samples } = spans[name]
    const taken = this.#taken[name]
    const at = taken < samples ? 0 : taken % samples
    return { at, timeMs: this.#times[name][at]! }
  }

  #take(name: WindowName, nowMs: number): number {
    const at = this.#taken[name]++ % spans[name].samples
    this.#times[name][at] = nowMs
    return at
  }
}

/** Messages, bytes and calls of one topic, or of one group on one topic. */
export class Counter {
  messages = 0
  bytes = 0
  calls = 0
  /** A look from before this counter was made finds 0, which is what it was then. */
  readonly #samples: Readonly<Record<WindowName, Float64Array>> = {
    minute: new Float64Array(spans.minute.samples * counted.length),
    hour: new Float64Array(spans.hour.samples * counted.length),
    day: new Float64Array(spans.day.samples * counted.length)
  }

  add(messages: number, bytes: number): void {
    this.messages += messages
    this.bytes += bytes
    this.calls++
  }

  keep(name: WindowName, at: number): void {
    const samples = this.#samples[name]
    const from = at * counted.length
    samples[from] = this.messages
    samples[from + 1] = this.bytes
    samples[from + 2] = this.calls
  }

  /** Growth since the oldest look of the window. */
  over(name: WindowName, times: WindowTimes, nowMs: number, what: Counted = 'messages'): WindowSum {
    const { at, timeMs } = times.oldest(name)
    const grown = (field: Counted): number =>
      this[field] - this.#samples[name][at * counted.length + counted.indexOf(field)]!
    const sum = grown(what)
    const calls = grown('calls')
    const perSecond = (sum * 1000) / Math.max(elapsedMinMs, nowMs - timeMs)
    return { sum, perSecond, perCall: calls === 0 ? 0 : sum / calls }
  }
}
