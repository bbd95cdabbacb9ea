/**
 * Cuts a byte stream into frames. Whole frames are handed on where they lie, in the chunk that was read; only an
 * incomplete tail is copied, into a buffer that grows with the bytes that come, never by the length that was announced.
 */

/** Handles one frame; `start` is the first byte after the length field. False = no more for now. */
export type FrameHandler = (bytes: Buffer, start: number, end: number) => boolean

/** Called with the first four bytes of a frame whose length is impossible. */
export type BadLengthHandler = (length: number, bytes: Buffer, at: number) => void

const nothing = Buffer.alloc(0)
/** A frame is at least the word that tells the header's form and length. */
const frameBytesMin = 4

const lengthAt = (bytes: Buffer, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!

export class FrameReader {
  readonly #frameBytesMax: number
  readonly #onFrame: FrameHandler
  readonly #onBadLength: BadLengthHandler
  /** The incomplete frame, with its length field. */
  #partial = nothing
  #partialLength = 0
  /** Bytes that came behind a frame after which the handler said stop. */
  #rest = nothing
  #broken = false

  constructor(frameBytesMax: number, onFrame: FrameHandler, onBadLength: BadLengthHandler) {
    this.#frameBytesMax = frameBytesMax
    this.#onFrame = onFrame
    this.#onBadLength = onBadLength
  }

  /** Whether a frame has begun and is not complete. */
  get incomplete(): boolean {
    return this.#partialLength > 0
  }

  /** Bytes kept between reads. */
  get heldBytes(): number {
    return this.#partial.length + this.#rest.length
  }

  /** Takes the first `end` bytes of `chunk`, which is the caller's again afterwards. False = the handler said stop. */
  push(chunk: Buffer, end: number): boolean {
    if (this.#broken) return false
    if (this.#rest.length > 0) {
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, end)])
      return false
    }
    const done = this.#take(chunk, end)
    if (done < end && !this.#broken) this.#rest = Buffer.from(chunk.subarray(done, end))
    return done === end
  }

  /** Goes on with what was kept when the handler said stop. False = it said so again. */
  resume(): boolean {
    const rest = this.#rest
    if (rest.length === 0) return !this.#broken
    this.#rest = nothing
    const done = this.#take(rest, rest.length)
    if (done < rest.length && !this.#broken) this.#rest = rest.subarray(done)
    return done === rest.length
  }

  /** Forgets everything and takes nothing more. */
  stop(): void {
    this.#broken = true
    this.#partial = nothing
    this.#partialLength = 0
    this.#rest = nothing
  }

  /** Returns how far it came: `end`, or less after a stop. */
  #take(chunk: Buffer, end: number): number {
    let at = 0
    if (this.#partialLength > 0) {
      at = this.#complete(chunk, end)
      if (at < 0) return ~at
    }
    while (end - at >= 4) {
      const length = lengthAt(chunk, at)
      if (length < frameBytesMin || length > this.#frameBytesMax) {
        this.#refuse(length, chunk, at)
        return at
      }
      if (end - at - 4 < length) break
      const start = at + 4
      at = start + length
      if (!this.#onFrame(chunk, start, at)) return at
      if (this.#broken) return at
    }
    if (at < end) {
      this.#partial = Buffer.from(chunk.subarray(at, end))
      this.#partialLength = end - at
    }
    return end
  }

  /** Completes the partial frame from the chunk. Returns how many bytes it took, or their complement after a stop. */
  #complete(chunk: Buffer, end: number): number {
    let at = 0
    let wanted = this.#partialLength < 4 ? 4 : 4 + lengthAt(this.#partial, 0)
    for (;;) {
      const count = Math.min(wanted - this.#partialLength, end - at)
      this.#append(chunk, at, count, wanted)
      at += count
      if (this.#partialLength < wanted) return at
      if (wanted > 4) break
      const length = lengthAt(this.#partial, 0)
      if (length < frameBytesMin || length > this.#frameBytesMax) {
        this.#refuse(length, this.#partial, 0)
        return ~at
      }
      wanted = 4 + length
    }
    const frame = this.#partial
    this.#partial = nothing
    this.#partialLength = 0
    return this.#onFrame(frame, 4, wanted) && !this.#broken ? at : ~at
  }

  #append(chunk: Buffer, at: number, count: number, wanted: number): void {
    const length = this.#partialLength + count
    if (length > this.#partial.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, Math.min(wanted, 2 * this.#partial.length)))
      this.#partial.copy(grown, 0, 0, this.#partialLength)
      this.#partial = grown
    }
    chunk.copy(this.#partial, this.#partialLength, at, at + count)
    this.#partialLength = length
  }

  #refuse(length: number, bytes: Buffer, at: number): void {
    this.#broken = true
    this.#onBadLength(length, bytes, at)
    this.stop()
  }
}
