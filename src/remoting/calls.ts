/** Requests of ours on one connection that wait for their answers, paired by opaque. */
import type { Clock, Timer } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { Command } from '../protocol/command.ts'

interface Call {
  readonly resolve: (answer: Command) => void
  readonly reject: (error: Error) => void
  readonly timer: Timer
}

export class Calls {
  readonly #clock: Clock
  readonly #callsMax: number
  readonly #waiting = new Map<number, Call>()
  #lastOpaque = 0

  constructor(clock: Clock, callsMax: number) {
    this.#clock = clock
    this.#callsMax = callsMax
  }

  get size(): number {
    return this.#waiting.size
  }

  /** An opaque that no waiting call uses: a late answer can never complete another call before 2^31 have passed. */
  nextOpaque(): number {
    do this.#lastOpaque = (this.#lastOpaque + 1) & 0x7fffffff
    while (this.#waiting.has(this.#lastOpaque))
    return this.#lastOpaque
  }

  /** Rejects with MQ_TIMEOUT after `timeoutMs`, with MQ_TOO_BUSY when too many calls wait. */
  wait(opaque: number, what: string, timeoutMs: number): Promise<Command> {
    if (this.#waiting.size >= this.#callsMax) {
      const sentence = `${what} was not sent, since ${this.#callsMax} requests wait for an answer on this connection`
      return Promise.reject(new MqError('MQ_TOO_BUSY', sentence))
    }
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(timeoutMs, () => {
        this.#waiting.delete(opaque)
        reject(new MqError('MQ_TIMEOUT', `${what} got no answer within ${timeoutMs} ms`))
      })
      this.#waiting.set(opaque, { resolve, reject, timer })
    })
  }

  /** False: nobody waits for it, it came too late. */
  complete(answer: Command): boolean {
    const call = this.#take(answer.opaque)
    call?.resolve(answer)
    return call !== undefined
  }

  fail(opaque: number, error: Error): void {
    this.#take(opaque)?.reject(error)
  }

  failAll(error: Error): void {
    for (const opaque of [...this.#waiting.keys()]) this.fail(opaque, error)
  }

  #take(opaque: number): Call | undefined {
    const call = this.#waiting.get(opaque)
    if (call === undefined) return undefined
    this.#waiting.delete(opaque)
    call.timer.cancel()
    return call
  }
}
