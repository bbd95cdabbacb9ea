/**
 * Sorted runs of the key index: pure but for where their blocks come from. An entry is a hash of 4 bytes and the offset of the
 * message in its segment, 4 bytes; a run is sorted by both, so that all messages of a key lie side by side, oldest first.
 */

import { crc32 } from 'node:zlib'
import { readLong, writeLong } from '../protocol/long.ts'

export const runBlockEntries = 4096
const pageEntries = 4096
const headerBytes = 20
const none = 0xffff_ffff

/** Entries in the order of the log, of a short stretch of it. Sorted natively through a view of 64-bit numbers. */
export class IndexPage {
  readonly segmentStart: number
  /** Physical range of the messages in it. */
  readonly from: number
  to: number
  count = 0
  #sorted = false
  #buffer = new ArrayBuffer(64 * 8)
  #words = new Uint32Array(this.#buffer)

  constructor(segmentStart: number, from: number) {
    this.segmentStart = segmentStart
    this.from = from
    this.to = from
  }

  get full(): boolean {
    return this.count >= pageEntries
  }

  add(hash: number, offset: number): void {
    if (this.count * 8 === this.#buffer.byteLength) this.#grow()
    // Little-endian: the high word, which decides the order, comes second.
    this.#words[this.count * 2] = offset
    this.#words[this.count * 2 + 1] = hash
    this.count++
    this.#sorted = false
  }

  #grow(): void {
    const buffer = new ArrayBuffer(this.#buffer.byteLength * 2)
    const words = new Uint32Array(buffer)
    words.set(this.#words)
    this.#buffer = buffer
    this.#words = words
  }

  sort(): void {
    if (this.#sorted) return
    new BigUint64Array(this.#buffer, 0, this.count).sort()
    this.#sorted = true
  }

  hashAt(i: number): number {
    return this.#words[i * 2 + 1]!
  }
  offsetAt(i: number): number {
    return this.#words[i * 2]!
  }

  /** Offsets of a hash below `before`, in any order. */
  collect(hash: number, before: number, into: number[]): void {
    for (let i = 0; i < this.count; i++) {
      if (this.hashAt(i) === hash && this.offsetAt(i) < before) into.push(this.offsetAt(i))
    }
  }

  /** Drops entries at or after an offset of the segment. Order is kept only before the first sort. */
  cut(offset: number): void {
    let kept = 0
    for (let i = 0; i < this.count; i++) {
      if (this.offsetAt(i) >= offset) continue
      this.#words[kept * 2] = this.offsetAt(i)
      this.#words[kept * 2 + 1] = this.hashAt(i)
      kept++
    }
    this.count = kept
  }
}

/** A sorted source of entries. `advance` moves on; false at the end. */
export interface RunSource {
  hash: number
  offset: number
  advance(): boolean | Promise<boolean>
}

export class PageSource implements RunSource {
  hash = 0
  offset = 0
  readonly #page: IndexPage
  #i = -1

  constructor(page: IndexPage) {
    page.sort()
    this.#page = page
  }

  advance(): boolean {
    if (++this.#i >= this.#page.count) return false
    this.hash = this.#page.hashAt(this.#i)
    this.offset = this.#page.offsetAt(this.#i)
    return true
  }
}

const precedes = (a: RunSource, b: RunSource): boolean => a.hash < b.hash || (a.hash === b.hash && a.offset < b.offset)

const sink = (heap: RunSource[], at: number): void => {
  for (let i = at; ; ) {
    let least = i
    for (let child = 2 * i + 1; child <= 2 * i + 2 && child < heap.length; child++) {
      if (precedes(heap[child]!, heap[least]!)) least = child
    }
    if (least === i) return
    const moved = heap[i]!
    heap[i] = heap[least]!
    heap[least] = moved
    i = least
  }
}

/** Merges sorted sources; `take` gets each entry in order, `pause` lets the event loop turn now and then. */
export const mergeRuns = async (
  sources: readonly RunSource[],
  take: (hash: number, offset: number) => void | Promise<void>,
  pause: () => Promise<void>
): Promise<void> => {
  const heap: RunSource[] = []
  for (const source of sources) if (await source.advance()) heap.push(source)
  for (let i = heap.length >> 1; i >= 0; i--) if (heap.length > 0) sink(heap, i)
  for (let taken = 0; heap.length > 0; ) {
    const source = heap[0]!
    const waited = take(source.hash, source.offset)
    if (waited !== undefined) await waited
    const moved = source.advance()
    if (!(typeof moved === 'boolean' ? moved : await moved)) {
      const last = heap.pop()!
      if (heap.length > 0 && last !== source) heap[0] = last
    }
    if (heap.length > 0) sink(heap, 0)
    if (++taken % runBlockEntries === 0) await pause()
  }
}

export interface RunBlock {
  readonly bytes: Buffer
  readonly count: number
  /** First entry of the next block of the run; `none` in both at the last block. */
  readonly nextHash: number
  readonly nextOffset: number
}

/** `count 4 · next hash 4 · next offset 4 · CRC-32 4 · reserved 4`, then entries. The CRC covers the key. */
export const encodeRunBlock = (
  key: Buffer,
  entries: Buffer,
  next: { hash: number; offset: number } | undefined
): Buffer => {
  const bytes = Buffer.allocUnsafe(headerBytes + entries.length)
  bytes.writeUInt32BE(entries.length / 8, 0)
  bytes.writeUInt32BE(next?.hash ?? none, 4)
  bytes.writeUInt32BE(next?.offset ?? none, 8)
  bytes.writeUInt32BE(0, 16)
  entries.copy(bytes, headerBytes)
  bytes.writeUInt32BE(blockCrc(key, bytes), 12)
  return bytes
}

const blockCrc = (key: Buffer, bytes: Buffer): number =>
  crc32(bytes.subarray(16), crc32(bytes.subarray(0, 12), crc32(key)))

export const openRunBlock = (key: Buffer, bytes: Buffer): RunBlock | undefined => {
  if (bytes.length < headerBytes || bytes.length !== headerBytes + bytes.readUInt32BE(0) * 8) return undefined
  if (bytes.readUInt32BE(12) !== blockCrc(key, bytes)) return undefined
  return {
    bytes,
    count: bytes.readUInt32BE(0),
    nextHash: bytes.readUInt32BE(4),
    nextOffset: bytes.readUInt32BE(8)
  }
}

export const runBlockHash = (block: RunBlock, i: number): number => block.bytes.readUInt32BE(headerBytes + i * 8)
export const runBlockOffset = (block: RunBlock, i: number): number => block.bytes.readUInt32BE(headerBytes + i * 8 + 4)

/** What a run's head row says. */
export interface RunHead {
  readonly from: number
  readonly to: number
  readonly blocks: number
  readonly firstHash: number
  readonly firstOffset: number
}

export const encodeRunHead = (key: Buffer, head: RunHead): Buffer => {
  const bytes = Buffer.alloc(32)
  writeLong(bytes, head.from, 0)
  writeLong(bytes, head.to, 8)
  bytes.writeUInt32BE(head.blocks, 16)
  bytes.writeUInt32BE(head.firstHash, 20)
  bytes.writeUInt32BE(head.firstOffset, 24)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 28), crc32(key)), 28)
  return bytes
}

export const openRunHead = (key: Buffer, bytes: Buffer): RunHead | undefined => {
  if (bytes.length !== 32 || bytes.readUInt32BE(28) !== crc32(bytes.subarray(0, 28), crc32(key))) return undefined
  return {
    from: readLong(bytes, 0),
    to: readLong(bytes, 8),
    blocks: bytes.readUInt32BE(16),
    firstHash: bytes.readUInt32BE(20),
    firstOffset: bytes.readUInt32BE(24)
  }
}

/** Collects sorted entries into blocks; each is given out once the first entry of the one behind it is known. */
export class RunWriter {
  readonly #keyOf: (hash: number, offset: number) => Buffer
  readonly #emit: (key: Buffer, block: Buffer) => void | Promise<void>
  #entries = Buffer.allocUnsafe(runBlockEntries * 8)
  #count = 0
  #blocks = 0
  #first: { hash: number; offset: number } | undefined

  constructor(
    keyOf: (hash: number, offset: number) => Buffer,
    emit: (key: Buffer, block: Buffer) => void | Promise<void>
  ) {
    this.#keyOf = keyOf
    this.#emit = emit
  }

  add(hash: number, offset: number): void | Promise<void> {
    this.#first ??= { hash, offset }
    const emitted = this.#count === runBlockEntries ? this.#end({ hash, offset }) : undefined
    this.#entries.writeUInt32BE(hash, this.#count * 8)
    this.#entries.writeUInt32BE(offset, this.#count * 8 + 4)
    this.#count++
    return emitted
  }

  #end(next: { hash: number; offset: number } | undefined): void | Promise<void> {
    const entries = this.#entries.subarray(0, this.#count * 8)
    const key = this.#keyOf(entries.readUInt32BE(0), entries.readUInt32BE(4))
    this.#count = 0
    this.#blocks++
    return this.#emit(key, encodeRunBlock(key, entries, next))
  }

  async finish(from: number, to: number): Promise<RunHead> {
    if (this.#count > 0) await this.#end(undefined)
    return {
      from,
      to,
      blocks: this.#blocks,
      firstHash: this.#first?.hash ?? none,
      firstOffset: this.#first?.offset ?? none
    }
  }
}
