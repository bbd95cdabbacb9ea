/**
 * How long a peer may be idle, leave a frame incomplete, or take nothing. Times are those of the last sweep, which comes
 * about once a second: exact enough for limits of many seconds, and free on the way of a request.
 */
import type { RemotingLimits } from './limits.ts'

export interface PeerState {
  /** A frame has begun, and we would read its rest. */
  readonly incomplete: boolean
  /** Bytes that wait for the peer to take them. */
  readonly pending: number
  /** Something is in flight in either direction. */
  readonly busy: boolean
}

export class Deadlines {
  readonly #limits: RemotingLimits
  #now: number
  #lastActive: number
  #lastTaken: number
  #frameBegan = -1
  /** Since when more waits than may, by the clock itself: a second is too short for the time of the last sweep. */
  #overSince = -1

  constructor(limits: RemotingLimits, now: number) {
    this.#limits = limits
    this.#now = now
    this.#lastActive = now
    this.#lastTaken = now
  }

  /** Bytes came. */
  received(): void {
    this.#lastActive = this.#now
  }

  /** A frame is complete. */
  framed(): void {
    this.#frameBegan = -1
  }

  /** The peer took what waited, or nothing waited so far. */
  taken(): void {
    this.#lastTaken = this.#now
    this.#lastActive = this.#now
    this.#overSince = -1
  }

  /** More waits than may. Returns whether the peer has taken nothing since long enough to be given up. */
  overflows(now: number): boolean {
    if (this.#overSince < 0) this.#overSince = now
    return now - this.#overSince >= this.#limits.outputStallMs
  }

  /** Why the connection must be closed now, if it must. */
  sweep(now: number, { incomplete, pending, busy }: PeerState): string | undefined {
    const { idleTimeoutMs, frameTimeoutMs, outputTimeoutMs, outputBytesMax } = this.#limits
    this.#now = now
    if (!incomplete) this.#frameBegan = -1
    else if (this.#frameBegan < 0) this.#frameBegan = now
    else if (now - this.#frameBegan >= frameTimeoutMs) return 'a frame was not completed in time'
    const stuck = pending > outputBytesMax && this.overflows(now)
    if (stuck || (pending > 0 && now - this.#lastTaken >= outputTimeoutMs)) {
      return `the peer took nothing while ${pending} bytes waited for it`
    }
    if (busy) this.#lastActive = now
    else if (idleTimeoutMs > 0 && now - this.#lastActive >= idleTimeoutMs) return 'it was idle for too long'
    return undefined
  }
}
