/**
 * One connection, from either end: frames in, frames out, requests in both directions, and the bounds that keep a slow,
 * silent or hostile peer from costing more than its share. Java: NettyRemotingAbstract.
 */
import type { Duplex } from 'node:stream'
import type { Timer } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { type Command, commandFlags, emptyBody, isOneWay, isResponse } from '../protocol/command.ts'
import { decodeFrame } from '../protocol/frame.ts'
import type { HeaderOf, Request } from '../protocol/requests/request.ts'
import { formatAddress } from './address.ts'
import { busy, Calls, encodeWithin, requestOf } from './calls.ts'
import { Deadlines } from './deadlines.ts'
import { answerTo, errorAnswer, responseTo } from './dispatch.ts'
import { recognise } from './foreign.ts'
import { FrameReader } from './frame-reader.ts'
import { Output } from './output.ts'
import type { Claim, Endpoint, FastLane, Peer } from './peer.ts'
import type { Answer } from './router.ts'
import { salvage } from './salvage.ts'
import type { Surroundings } from './surroundings.ts'

let lastId = 0
/** Turns of the microtask queue after which a request that is not answered must be waiting for something else. */
const settleTurns = 16

export class Connection implements Peer {
  readonly id = ++lastId
  readonly remote: Endpoint
  readonly local: Endpoint
  readonly #stream: Duplex
  readonly #around: Surroundings
  readonly #reader: FrameReader
  readonly #output: Output
  readonly #calls: Calls
  readonly #deadlines: Deadlines
  #closeListeners: (() => void)[] = []
  #closed = false
  #reason = ''
  #closing = false
  #ended = false
  #finishing = false
  #deadline: Timer | undefined
  #receiving = false
  #paused = false
  #settling = false
  #resuming = false
  #framesSeen = false
  #requests = 0
  #requestBytes = 0

  constructor(stream: Duplex, ends: { remote: Endpoint; local: Endpoint }, around: Surroundings) {
    this.#stream = stream
    this.remote = ends.remote
    this.local = ends.local
    this.#around = around
    this.#deadlines = new Deadlines(around.limits, around.clock.monotonic())
    this.#reader = new FrameReader(
      around.limits.frameBytesMax,
      (bytes, start, end) => this.#frame(bytes, start, end),
      (length, bytes, at) => this.#badLength(length, bytes, at)
    )
    this.#output = new Output(stream, around.slabs, this.#taken)
    this.#calls = new Calls(around.clock, around.limits.callsMax)
    stream.on('error', error => this.#lost(errorText(error)))
    stream.on('end', () => this.close('the peer closed the connection'))
    stream.on('close', () => this.#lost('the connection was lost'))
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Why it is closed, in a few words. */
  get reason(): string {
    return this.#reason
  }

  /** Bytes kept for this peer: incomplete input and output that it has not taken. */
  get heldBytes(): number {
    return this.#reader.heldBytes + this.#output.pending
  }

  /** Handles bytes as they were read; the chunk is the caller's again afterwards. */
  receive(chunk: Buffer, length: number): void {
    if (this.#closed || this.#closing || this.#finishing) return
    this.#deadlines.received()
    const whole = this.#take(chunk, length)
    if (!whole || this.#full()) this.#pause()
  }

  send(command: Command): void {
    if (this.#closed) return
    const frame = encodeWithin(command, this.#around.limits.frameBytesMax)
    const room = this.claim(frame.length)
    if (room !== undefined) frame.copy(room.bytes, room.at)
  }

  claim(size: number): Claim | undefined {
    if (this.#closed || this.#ended) return undefined
    const { pending } = this.#output
    if (pending > 0 && pending + size > this.#around.limits.outputBytesMax && this.#overflows(size)) return undefined
    return this.#room(size)
  }

  async invoke<Q extends Request>(request: Q, header: HeaderOf<Q>, body: Buffer, timeoutMs: number): Promise<Command> {
    if (this.#closed || this.#closing) throw this.#closedError()
    const what = `${request.name} to ${formatAddress(this.remote)}`
    const opaque = this.#calls.nextOpaque()
    const frame = encodeWithin(requestOf(request, header, body, opaque, 0), this.#around.limits.frameBytesMax)
    if (this.#calls.full || !this.#ask(frame)) throw busy(what)
    return this.#calls.wait(opaque, what, timeoutMs)
  }

  /** Returns whether it was sent. */
  oneWay<Q extends Request>(request: Q, header: HeaderOf<Q>, body: Buffer = emptyBody): boolean {
    if (this.#closed || this.#closing) return false
    const command = requestOf(request, header, body, this.#calls.nextOpaque(), commandFlags.oneWay)
    return this.#ask(encodeWithin(command, this.#around.limits.frameBytesMax))
  }

  enter(bytes: number): void {
    this.#requests++
    this.#requestBytes += bytes
  }

  leave(bytes: number): void {
    this.#requests--
    this.#requestBytes -= bytes
    if (this.#paused) this.#resumeSoon()
    if (this.#requests === 0 && this.#finishing) this.close('the server is stopping')
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener()
    else this.#closeListeners.push(listener)
  }

  close(reason: string): void {
    if (this.#closed || this.#closing) return
    this.#closing = true
    this.#reason = reason
    this.#reader.stop()
    // Read on, so that the peer's end is seen; `receive` drops what still comes.
    this.#stream.resume()
    if (this.#output.pending === 0) this.#end()
    else this.flush()
    this.#deadline = this.#around.clock.after(this.#around.limits.closeTimeoutMs, () => this.destroy(reason))
  }

  /** Takes no more requests, and closes when those in flight are answered. */
  finish(): void {
    this.#finishing = true
    this.#reader.stop()
    if (this.#requests === 0) this.close('the server is stopping')
  }

  /** Closes at once; what is queued is lost. */
  destroy(reason: string): void {
    this.#lost(reason)
    this.#stream.destroy()
  }

  flush(): void {
    if (!this.#closed) this.#output.flush()
  }

  /** Closes what has been idle, incomplete or stuck for too long. Called about once a second with the monotonic time. */
  sweep(now: number): void {
    const { pending } = this.#output
    const busy = pending > 0 || this.#requests > 0 || this.#calls.size > 0
    const reason = this.#deadlines.sweep(now, { incomplete: this.#reader.incomplete && !this.#paused, pending, busy })
    if (reason === undefined) return
    if (busy || this.#reader.incomplete) this.#refuse(reason)
    else this.close(reason)
  }

  #room(size: number): Claim {
    if (this.#output.pending === 0) {
      this.#deadlines.taken()
      // Answers given while reading leave at the end of the read; all others at the end of the running callback.
      if (!this.#receiving) this.#around.flushes.add(this)
    }
    return this.#output.claim(size)
  }

  /** Sends a request of ours. When too much waits it is we who must slow down, so the connection stays. */
  #ask(frame: Buffer): boolean {
    const { pending } = this.#output
    if (pending > 0 && pending + frame.length > this.#around.limits.outputBytesHard) return false
    const room = this.#room(frame.length)
    frame.copy(room.bytes, room.at)
    return true
  }

  #frame(bytes: Buffer, start: number, end: number): boolean {
    this.#framesSeen = true
    this.#deadlines.framed()
    if (this.#around.fastLane === undefined || !this.#runFastLane(this.#around.fastLane, bytes, start, end)) {
      this.#general(bytes, start, end)
    }
    return !this.#closed && !this.#closing && !this.#settling && !this.#full()
  }

  /** Hands on the frames of a chunk, or those that were kept; what they are answered at once leaves in one write. */
  #take(chunk: Buffer | undefined, length: number): boolean {
    this.#receiving = true
    try {
      return chunk === undefined ? this.#reader.resume() : this.#reader.push(chunk, length)
    } catch (error) {
      this.#fault(error, 'a frame could not be handled')
      return false
    } finally {
      this.#receiving = false
      this.flush()
    }
  }

  #runFastLane(fastLane: FastLane, bytes: Buffer, start: number, end: number): boolean {
    try {
      return fastLane(bytes, start, end, this)
    } catch (error) {
      this.#fault(error, 'the fast lane failed')
      return true
    }
  }

  /** A fault of ours: output may be half written, so nothing more may leave on this connection. */
  #fault(error: unknown, what: string): void {
    const stack = error instanceof Error ? error.stack : undefined
    this.#around.log.error({ remote: this.remote, error: errorText(error), stack }, what)
    this.destroy('internal error')
  }

  #general(chunk: Buffer, start: number, end: number): void {
    // Handlers work on after this call, the chunk does not.
    const bytes = Buffer.from(chunk.subarray(start, end))
    let command: Command
    try {
      command = decodeFrame(bytes, 0, bytes.length)
    } catch (error) {
      this.#undecodable(bytes, error)
      return
    }
    if (isResponse(command)) this.#calls.complete(command)
    else void this.#settle(this.#answer(command, bytes.length))
  }

  /**
   * Keeps the next frame waiting until this request is answered or waits for something. So requests begin in their
   * order, and many small ones in one read cannot have large answers made faster than `#full` notices.
   */
  async #settle(answered: Promise<void>): Promise<void> {
    this.#settling = true
    let over = false
    void answered.then(() => {
      over = true
    })
    for (let turn = 0; turn < settleTurns && !over; turn++) await undefined
    this.#settling = false
    this.#readOn()
  }

  /** Never rejects. */
  async #answer(command: Command, bytes: number): Promise<void> {
    this.enter(bytes)
    const { router, log } = this.#around
    try {
      const answer = await answerTo(router, { command, body: command.body, peer: this }, log)
      if (answer !== undefined && !isOneWay(command)) this.#reply(command, answer)
    } catch (error) {
      this.#fault(error, 'an answer could not be sent')
    }
    this.leave(bytes)
  }

  #reply(command: Command, answer: Answer): void {
    try {
      this.send(responseTo(command, answer))
    } catch (error) {
      this.#around.log.error(
        { remote: this.remote, code: command.code, error: errorText(error) },
        'no frame can carry this answer'
      )
      this.send(responseTo(command, errorAnswer(error)))
    }
  }

  /** The frame's borders are known, its header is not readable: the connection goes on if the caller can be told. */
  #undecodable(bytes: Buffer, error: unknown): void {
    const known = salvage(bytes, 0, bytes.length)
    if (known === undefined) {
      this.#refuse(errorText(error))
      return
    }
    this.#around.log.debug({ remote: this.remote, error: errorText(error) }, 'a frame could not be read')
    if (known.response) this.#calls.fail(known.opaque, error as Error)
    else if (!known.oneWay) this.send(responseTo(known, errorAnswer(error)))
  }

  #badLength(length: number, bytes: Buffer, at: number): void {
    const foreign = this.#framesSeen ? undefined : recognise(bytes.subarray(at, at + 4), this.#around.what)
    if (foreign === undefined) {
      this.#refuse(`a frame announces ${length} bytes`)
      return
    }
    this.#around.notices.warn({ remote: this.remote }, foreign.sentence)
    const room = foreign.answer === undefined ? undefined : this.claim(foreign.answer.length)
    if (room !== undefined) foreign.answer?.copy(room.bytes, room.at)
    this.close(foreign.sentence)
  }

  /** Whether the peer has all that it may have; `times` 2 = more than half of it. */
  #full(times = 1): boolean {
    const { requestsInFlightMax, bytesInFlightMax, outputBytesHigh } = this.#around.limits
    return (
      this.#requests * times >= requestsInFlightMax ||
      this.#requestBytes * times >= bytesInFlightMax ||
      this.#output.pending * times >= outputBytesHigh
    )
  }

  /** Reads nothing more for now, unless what stops it is over within this turn. */
  #pause(): void {
    if (this.#closed || this.#closing || this.#finishing || this.#settling) return
    if (!this.#paused) this.#stream.pause()
    this.#paused = true
    // What was being worked on may have ended within the read itself.
    this.#resumeSoon()
  }

  #resumeSoon(): void {
    if (this.#resuming) return
    this.#resuming = true
    setImmediate(this.#resume)
  }

  #resume = (): void => {
    this.#resuming = false
    if (this.#paused && !this.#full(2)) this.#readOn()
  }

  /** Goes on with the frames that were read and not yet looked at, then with the socket. */
  #readOn(): void {
    if (this.#closed || this.#closing || this.#finishing || this.#settling || this.#receiving) return
    const whole = !this.#full() && this.#take(undefined, 0)
    if (!whole || this.#full()) this.#pause()
    else if (this.#paused && !this.#closed && !this.#closing) {
      this.#paused = false
      this.#stream.resume()
    }
  }

  #taken = (): void => {
    this.#deadlines.taken()
    if (this.#closing && this.#output.pending === 0) this.#end()
    if (this.#paused) this.#resumeSoon()
  }

  #end(): void {
    this.#ended = true
    this.#stream.end()
  }

  /** Whether this much more output is too much; then the connection is closed. */
  #overflows(size: number): boolean {
    const bytes = this.#output.pending + size
    const now = this.#around.clock.monotonic()
    if (bytes <= this.#around.limits.outputBytesHard && !this.#deadlines.overflows(now)) return false
    this.#refuse(`the peer does not read: ${bytes} bytes wait for it`)
    return true
  }

  /** Closes at once because of what the peer did. */
  #refuse(reason: string): void {
    if (this.#closed) return
    this.#around.notices.warn({ remote: this.remote, reason }, 'a connection is closed')
    this.flush()
    this.destroy(reason)
  }

  #lost(reason: string): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#reason === '') this.#reason = reason
    this.#deadline?.cancel()
    this.#reader.stop()
    this.#calls.failAll(this.#closedError())
    const listeners = this.#closeListeners
    this.#closeListeners = []
    for (const listener of listeners) listener()
  }

  #closedError(): MqError {
    const sentence = `the connection to ${formatAddress(this.remote)} is closed: ${this.#reason}`
    return new MqError('MQ_CONNECTION_CLOSED', sentence)
  }
}
