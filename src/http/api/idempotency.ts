/**
 * `Idempotency-Key`: a request that is sent again with the same key is answered as the first was, and not done again.
 * Answers are kept in memory for a while: a daemon that was started anew has forgotten them.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../../kit/clock.ts'
import { MqError } from '../../kit/errors.ts'
import type { Answer } from './endpoint.ts'

const keptMs = 600_000
/** The oldest is forgotten first. */
const keptMax = 10_000
const keyPattern = /^[\x21-\x7e]{1,128}$/

interface Kept {
  readonly content: string
  readonly answer: Promise<Answer>
  readonly at: number
}

export class Idempotency {
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `who` and `where` belong to the key: callers do not meet each other. Rejects with MQ_USAGE, and as `run` does. */
  async once(key: string, who: string, where: string, body: unknown, run: () => Promise<Answer>): Promise<Answer> {
    if (!keyPattern.test(key)) {
      throw new MqError('MQ_USAGE', 'an Idempotency-Key has 1 to 128 visible characters of ASCII')
    }
    const name = JSON.stringify([who, where, key])
    const content = createHash('sha256')
      .update(JSON.stringify(body ?? null))
      .digest('base64')
    const known = this.#kept.get(name)
    if (known !== undefined && this.#clock.monotonic() - known.at < keptMs) {
      if (known.content !== content) {
        throw new MqError('MQ_USAGE', 'this Idempotency-Key was used for another request, so nothing was done')
      }
      const answer = await known.answer
      return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } }
    }
    return this.#keep(name, content, run())
  }

  async #keep(name: string, content: string, answer: Promise<Answer>): Promise<Answer> {
    this.#kept.delete(name)
    const oldest = this.#kept.size >= keptMax ? this.#kept.keys().next().value : undefined
    if (oldest !== undefined) this.#kept.delete(oldest)
    this.#kept.set(name, { content, answer, at: this.#clock.monotonic() })
    try {
      return await answer
    } catch (error) {
      // What failed may be tried again.
      this.#kept.delete(name)
      throw error
    }
  }
}
