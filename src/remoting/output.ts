/**
 * The output of one connection: frames are laid side by side into slabs, and each slab is one write. At most one write is
 * under way; what is claimed meanwhile leaves with the next. A slab goes back to the pool only when its write has ended.
 */
import type { Writable } from 'node:stream'
import type { Claim } from './peer.ts'

const smallestBits = 14
const largestBits = 20

/** Slabs of 16 KiB to 1 MiB in powers of two, shared by the connections of a server; larger ones are not kept. */
export class SlabPool {
  readonly #free: Buffer[][] = Array.from({ length: largestBits - smallestBits + 1 }, () => [])
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax = 16 * 1024 * 1024) {
    this.#bytesMax = bytesMax
  }

  take(size: number): Buffer {
    const bits = Math.max(smallestBits, 32 - Math.clz32(size - 1))
    if (bits > largestBits) return Buffer.allocUnsafeSlow(size)
    const slab = this.#free[bits - smallestBits]!.pop()
    if (slab === undefined) return Buffer.allocUnsafeSlow(1 << bits)
    this.#bytes -= slab.length
    return slab
  }

  give(slab: Buffer): void {
    const bits = 31 - Math.clz32(slab.length)
    if (slab.length !== 1 << bits || bits > largestBits || this.#bytes + slab.length > this.#bytesMax) return
    this.#bytes += slab.length
    this.#free[bits - smallestBits]!.push(slab)
  }
}

/** Bytes handed to the stream in one go: small enough that the end of a write is a sign of life from a slow peer. */
const writeBytesMax = 256 * 1024

interface Slab {
  readonly bytes: Buffer
  readonly end: number
  /** Where the next write starts. */
  at: number
}

export class Output {
  readonly #stream: Writable
  readonly #pool: SlabPool
  readonly #onWritten: () => void
  /** One object for all claims: whoever claims reads it before the next claim. */
  readonly #claim: { bytes: Buffer; at: number }
  #open: Buffer | undefined
  #used = 0
  #sealed: Slab[] = []
  /** Bytes of the write under way, and the slabs that are done with when it has ended. */
  #writing = 0
  #written: Slab[] = []
  #pending = 0

  /** `onWritten` runs after each write that ended well. */
  constructor(stream: Writable, pool: SlabPool, onWritten: () => void) {
    this.#stream = stream
    this.#pool = pool
    this.#onWritten = onWritten
    this.#claim = { bytes: Buffer.alloc(0), at: 0 }
  }

  /** Bytes claimed and not yet taken by the operating system. */
  get pending(): number {
    return this.#pending
  }

  claim(size: number): Claim {
    if (this.#open === undefined || this.#open.length - this.#used < size) {
      this.#seal()
      this.#open = this.#pool.take(size)
    }
    this.#claim.bytes = this.#open
    this.#claim.at = this.#used
    this.#used += size
    this.#pending += size
    return this.#claim
  }

  /** Starts a write unless one is under way, or nothing waits. */
  flush(): void {
    if (this.#writing > 0 || this.#pending === 0) return
    this.#seal()
    const pieces = this.#nextPieces()
    if (pieces.length === 1) {
      this.#stream.write(pieces[0], this.#ended)
      return
    }
    this.#stream.cork()
    for (let i = 0; i < pieces.length; i++)
      this.#stream.write(pieces[i], i === pieces.length - 1 ? this.#ended : undefined)
    this.#stream.uncork()
  }

  /** What one write may carry, cut off the front of what is sealed. */
  #nextPieces(): Buffer[] {
    const pieces: Buffer[] = []
    let room = writeBytesMax
    let done = 0
    while (room > 0 && done < this.#sealed.length) {
      const slab = this.#sealed[done]!
      const end = Math.min(slab.end, slab.at + room)
      pieces.push(slab.bytes.subarray(slab.at, end))
      room -= end - slab.at
      slab.at = end
      if (end < slab.end) break
      done++
    }
    this.#writing = writeBytesMax - room
    this.#written = done === this.#sealed.length ? this.#sealed : this.#sealed.slice(0, done)
    this.#sealed = done === this.#sealed.length ? [] : this.#sealed.slice(done)
    return pieces
  }

  #seal(): void {
    if (this.#open === undefined) return
    this.#sealed.push({ bytes: this.#open, at: 0, end: this.#used })
    this.#open = undefined
    this.#used = 0
  }

  #ended = (error?: Error | null): void => {
    // After an error the slabs are left to the collector: nobody can say who still reads them.
    if (error) return
    this.#pending -= this.#writing
    this.#writing = 0
    for (const slab of this.#written) this.#pool.give(slab.bytes)
    this.#written = []
    this.flush()
    this.#onWritten()
  }
}

/** Connections with new output; all are flushed at the end of the current callback, before the event loop goes on. */
export class FlushQueue {
  #waiting: { flush(): void }[] = []

  add(output: { flush(): void }): void {
    if (this.#waiting.push(output) === 1) process.nextTick(this.#run)
  }

  #run = (): void => {
    const due = this.#waiting
    this.#waiting = []
    for (const output of due) output.flush()
  }
}
