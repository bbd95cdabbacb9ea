/** Requests of ours on one connection: how they are made, and how they wait for their answers, paired by opaque. */
import type { Clock, Timer } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { type Command, headerForms } from '../protocol/command.ts'
import { encodeFrame } from '../protocol/frame.ts'
import { ownLanguage } from '../protocol/languages.ts'
import type { HeaderOf, Request } from '../protocol/requests/request.ts'
import { writeHeader } from '../protocol/schema.ts'
import { ownVersion } from '../protocol/versions.ts'

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

  /** Whether as many wait as may. */
  get full(): boolean {
    return this.#waiting.size >= this.#callsMax
  }

  /** Rejects with MQ_TIMEOUT after `timeoutMs`. */
  wait(opaque: number, what: string, timeoutMs: number): Promise<Command> {
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

/** A request of ours; always in JSON, since codes above 32,767 fit into no other form. */
export const requestOf = <Q extends Request>(
  request: Q,
  header: HeaderOf<Q>,
  body: Buffer,
  opaque: number,
  flag: number
): Command => ({
  code: request.code,
  language: ownLanguage,
  version: ownVersion,
  opaque,
  flag,
  remark: undefined,
  fields: writeHeader(request.header, header as never),
  body,
  form: headerForms.json
})

/** The frame of a command. Throws MQ_FRAME_INVALID when it is larger than peers accept, MQ_HEADER_INVALID. */
export const encodeWithin = (command: Command, frameBytesMax: number): Buffer => {
  const frame = encodeFrame(command)
  if (frame.length - 4 <= frameBytesMax) return frame
  throw new MqError('MQ_FRAME_INVALID', `a frame of ${frame.length - 4} bytes is larger than peers accept`)
}

export const busy = (what: string): MqError =>
  new MqError('MQ_TOO_BUSY', `${what} was not sent, since too much waits for this peer already`)
