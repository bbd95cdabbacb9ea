/** Which brokers to leave alone for a while, since sends to them were slow or failed. Java: LatencyFaultToleranceImpl, MQFaultStrategy. */
import type { Clock } from '../kit/clock.ts'

/** A send that took so long keeps its broker out for so long; milliseconds, Java's table. */
const penalties: readonly (readonly [latencyMs: number, awayMs: number])[] = [
  [15_000, 30_000],
  [5000, 10_000],
  [3000, 6000],
  [1800, 5000],
  [550, 2000]
]
const failureAwayMs = 30_000
const brokersMax = 1000

export class BrokerFaults {
  readonly #clock: Clock
  /** Monotonic time until which a broker is left alone. */
  readonly #until = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  answered(brokerName: string, latencyMs: number): void {
    const awayMs = penalties.find(([least]) => latencyMs >= least)?.[1] ?? 0
    if (awayMs === 0) this.#until.delete(brokerName)
    else this.#leave(brokerName, awayMs)
  }

  failed(brokerName: string): void {
    this.#leave(brokerName, failureAwayMs)
  }

  isAway(brokerName: string): boolean {
    return (this.#until.get(brokerName) ?? 0) > this.#clock.monotonic()
  }

  #leave(brokerName: string, awayMs: number): void {
    this.#until.set(brokerName, this.#clock.monotonic() + awayMs)
    // Routes name the brokers, so their number is not ours to choose; the oldest is forgotten.
    if (this.#until.size > brokersMax) this.#until.delete(this.#until.keys().next().value!)
  }
}
