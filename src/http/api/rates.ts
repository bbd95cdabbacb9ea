/** How often each caller may ask: a bucket of tokens that fills steadily. */
import type { Clock } from '../../kit/clock.ts'
import { Refused } from './guard.ts'

export interface RateLimit {
  readonly perSecond: number
  /** Requests at once, after a rest. */
  readonly burst: number
}

export const usualRate: RateLimit = { perSecond: 200, burst: 1000 }

/** Callers whose buckets are kept; the one that came first is forgotten first, with a full bucket. */
const callersMax = 1000

export class Rates {
  readonly #clock: Clock
  readonly #limit: RateLimit
  readonly #buckets = new Map<string, { left: number; at: number }>()

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock
    this.#limit = limit
  }

  /** Throws Refused (429) when the caller has asked too often. */
  count(caller: string): void {
    const { perSecond, burst } = this.#limit
    const now = this.#clock.monotonic()
    const bucket = this.#buckets.get(caller) ?? this.#made(caller, now)
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) * perSecond) / 1000)
    bucket.at = now
    if (bucket.left < 1) {
      throw new Refused(429, `more than ${perSecond} requests a second; ask again in a second`, 'MQ_TOO_BUSY')
    }
    bucket.left--
  }

  #made(caller: string, now: number): { left: number; at: number } {
    const oldest = this.#buckets.size >= callersMax ? this.#buckets.keys().next().value : undefined
    if (oldest !== undefined) this.#buckets.delete(oldest)
    const bucket = { left: this.#limit.burst, at: now }
    this.#buckets.set(caller, bucket)
    return bucket
  }
}
