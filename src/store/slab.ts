/**
 * The end of the log in memory: buffers that messages are encoded into, that LevelDB takes its values from, and that recent
 * messages are read from. Physical offsets do not map to positions by arithmetic, since each chunk has a header in front:
 * a slab keeps the starts of its chunks, sorted.
 */
export class Slab {
  readonly buffer: Buffer
  /** Where the next chunk goes. */
  used = 0
  /** Physical range of the finished chunks. */
  start = -1
  end = -1
  chunkCount = 0
  #starts = new Float64Array(16)
  #ats = new Uint32Array(16)

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafeSlow(bytes)
  }

  addChunk(start: number, at: number, span: number): void {
    if (this.chunkCount === this.#starts.length) this.#grow()
    this.#starts[this.chunkCount] = start
    this.#ats[this.chunkCount] = at
    this.chunkCount++
    if (this.start < 0) this.start = start
    this.end = start + span
  }

  /** Index of the last chunk that starts at or before `offset`. */
  chunkIndex(offset: number): number {
    let low = 0
    let high = this.chunkCount - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  chunkStart(index: number): number {
    return this.#starts[index] ?? 0
  }

  /** Position of the chunk's header in the buffer. */
  chunkAt(index: number): number {
    return this.#ats[index] ?? 0
  }

  /** Drops chunks at or after `offset`: they were never confirmed. */
  cut(offset: number): void {
    while (this.chunkCount > 0 && this.chunkStart(this.chunkCount - 1) >= offset) this.chunkCount--
    if (this.end > offset) this.end = offset
    if (this.chunkCount === 0) {
      this.start = -1
      this.end = -1
    }
  }

  clear(): void {
    this.used = 0
    this.start = -1
    this.end = -1
    this.chunkCount = 0
  }

  #grow(): void {
    const starts = new Float64Array(this.#starts.length * 2)
    const ats = new Uint32Array(this.#ats.length * 2)
    starts.set(this.#starts)
    ats.set(this.#ats)
    this.#starts = starts
    this.#ats = ats
  }
}

/** Slabs, oldest first. The oldest is used again once all in it is confirmed and the bound of memory is reached. */
export class SlabRing {
  readonly #slabBytes: number
  readonly #bytesMax: number
  #slabs: Slab[] = []
  #bytes = 0
  /** Everything below is confirmed by the disk; set by the log. */
  committed = 0
  /** The slab that the last successful `locate` found. */
  #last: Slab | undefined
  #lastIndex = 0

  constructor(slabBytes: number, bytesMax: number) {
    this.#slabBytes = slabBytes
    this.#bytesMax = bytesMax
  }

  get bytes(): number {
    return this.#bytes
  }

  /** First physical offset that is still in memory; Infinity when none is. */
  get oldest(): number {
    for (const slab of this.#slabs) if (slab.start >= 0) return slab.start
    return Number.POSITIVE_INFINITY
  }

  /** A slab with room for at least `bytes`; becomes the newest. */
  next(bytes: number): Slab {
    const slab = this.#reuse(bytes) ?? this.#allocate(bytes)
    this.#slabs.push(slab)
    return slab
  }

  #reuse(bytes: number): Slab | undefined {
    const oldest = this.#slabs[0]
    if (oldest === undefined || this.#bytes + this.#slabBytes <= this.#bytesMax || oldest.end > this.committed) {
      return undefined
    }
    this.#slabs.shift()
    this.#last = undefined
    if (oldest.buffer.length === this.#slabBytes && bytes <= this.#slabBytes) {
      oldest.clear()
      return oldest
    }
    this.#bytes -= oldest.buffer.length
    return this.#reuse(bytes)
  }

  #allocate(bytes: number): Slab {
    const slab = new Slab(Math.max(bytes, this.#slabBytes))
    this.#bytes += slab.buffer.length
    return slab
  }

  /**
   * Position in `buffer` of the log's byte `offset`, or -1 when it is not in memory. Only what is confirmed is found.
   */
  locate(offset: number): number {
    if (offset >= this.committed) return -1
    let slab = this.#last
    if (slab === undefined || offset < slab.start || offset >= slab.end) {
      slab = this.#slabOf(offset)
      if (slab === undefined) return -1
      this.#last = slab
      this.#lastIndex = slab.chunkIndex(offset)
    }
    let index = this.#lastIndex
    const next = index + 1 < slab.chunkCount ? slab.chunkStart(index + 1) : slab.end
    if (offset < slab.chunkStart(index) || offset >= next) {
      index = slab.chunkIndex(offset)
      this.#lastIndex = index
    }
    return slab.chunkAt(index) + 16 + (offset - slab.chunkStart(index))
  }

  /** The buffer that the last `locate` points into. */
  get buffer(): Buffer {
    return this.#last!.buffer
  }

  #slabOf(offset: number): Slab | undefined {
    for (let i = this.#slabs.length - 1; i >= 0; i--) {
      const slab = this.#slabs[i]!
      if (slab.start >= 0 && slab.start <= offset) return offset < slab.end ? slab : undefined
    }
    return undefined
  }

  /** Forgets all from `offset` on: what was never confirmed. */
  cut(offset: number): void {
    this.#last = undefined
    for (const slab of this.#slabs) slab.cut(offset)
  }
}
