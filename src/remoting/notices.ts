/** Warnings that strangers can cause at will, so at most so many are written in a while; the rest are counted. */
import type { Clock } from '../kit/clock.ts'
import type { LogFields, Logger } from '../kit/log.ts'

const windowMs = 10_000
const noticesMax = 20

export class Notices {
  readonly #clock: Clock
  readonly #log: Logger
  #windowEnds = Number.NEGATIVE_INFINITY
  #written = 0
  #dropped = 0

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock
    this.#log = log
  }

  warn(fields: LogFields, message: string): void {
    const now = this.#clock.monotonic()
    if (now >= this.#windowEnds) {
      if (this.#dropped > 0) this.#log.warn({ count: this.#dropped }, 'warnings about connections were left out')
      this.#windowEnds = now + windowMs
      this.#written = 0
      this.#dropped = 0
    }
    if (this.#written < noticesMax) {
      this.#written++
      this.#log.warn(fields, message)
    } else this.#dropped++
  }
}
