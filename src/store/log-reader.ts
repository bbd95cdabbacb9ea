/**
 * Reads the commit log from disk. Every chunk that comes back is checked; a chunk that is missing, damaged or in the wrong
 * place is corruption, and the error names the range. It is never "no message".
 */
import { MqError } from '../kit/errors.ts'
import { messageMagic, sizeAt } from '../protocol/message-fields.ts'
import { ByteCache } from './byte-cache.ts'
import { type ChunkHead, chunkHeaderBytes, chunkSpan, openChunk } from './chunk.ts'
import { headKey, offsetKey } from './keys.ts'
import type { Limiter } from './limiter.ts'
import { noteRead } from './read-garbage.ts'
import type { Segments } from './segments.ts'

/** A chunk that was found whole. */
export interface Chunk {
  readonly start: number
  /** Exclusive; of a BLANK record the segment's end. */
  readonly end: number
  readonly head: ChunkHead
  readonly bytes: Buffer
}

export const chunkOf = (start: number, bytes: Buffer): Chunk | undefined => {
  const head = openChunk(bytes, start)
  return head === undefined ? undefined : { start, end: start + chunkSpan(bytes, head), head, bytes }
}

/** Position of the message at a physical offset in its chunk's bytes, or -1 when none starts there. */
export const positionIn = (chunk: Chunk, offset: number): number => {
  if (chunk.head.blank) return -1
  const target = chunkHeaderBytes + (offset - chunk.start)
  let at = chunkHeaderBytes
  while (at < target) {
    const size = sizeAt(chunk.bytes, at)
    if (size <= 0) return -1
    at += size
  }
  return at === target && at < chunk.bytes.length ? at : -1
}

export class LogReader {
  readonly #segments: Segments
  readonly #limiter: Limiter
  readonly #cache: ByteCache<number, Chunk>
  readonly #reading = new Map<number, Promise<Chunk>>()
  corruptions = 0

  constructor(segments: Segments, limiter: Limiter, cacheBytesMax: number) {
    this.#segments = segments
    this.#limiter = limiter
    this.#cache = new ByteCache(cacheBytesMax)
  }

  /** The chunk that starts at `start`. `needed`: the range that the caller is after, for the error. */
  async chunkAt(start: number, needed: { readonly from: number; readonly to: number }): Promise<Chunk> {
    const cached = this.#cache.get(start)
    if (cached !== undefined) return cached
    let reading = this.#reading.get(start)
    if (reading === undefined) {
      reading = this.#read(start, needed).finally(() => this.#reading.delete(start))
      this.#reading.set(start, reading)
    }
    return reading
  }

  async #read(start: number, needed: { readonly from: number; readonly to: number }): Promise<Chunk> {
    const segment = this.#segments.at(start)
    if (segment === undefined) throw new MqError('MQ_NOT_FOUND', `the commit log has no offset ${start} any more`)
    const bytes = await this.#segments.use(segment, databases => databases.commitlog.get(offsetKey(start), true))
    if (bytes === undefined) throw this.corrupt(needed, `the chunk at ${start} is missing`)
    noteRead(bytes.length, this.#limiter.held)
    const chunk = chunkOf(start, bytes)
    if (chunk === undefined) throw this.corrupt(needed, `the chunk at ${start} is damaged`)
    this.#cache.set(start, chunk, bytes.length + 200)
    return chunk
  }

  /** The chunk that covers a physical offset below the log's end. */
  async chunkOver(offset: number): Promise<Chunk> {
    const segment = this.#segments.at(offset)
    const needed = { from: offset, to: offset + 1 }
    if (segment === undefined) throw new MqError('MQ_NOT_FOUND', `the commit log has no offset ${offset} any more`)
    const found = await this.#segments.use(segment, databases =>
      databases.commitlog.first({ gt: headKey, lte: offsetKey(offset), reverse: true }, true)
    )
    if (found === undefined) throw this.corrupt(needed, 'no chunk is there')
    noteRead(found[1].length, this.#limiter.held)
    const start = found[0].length === 8 ? found[0].readUInt32BE(0) * 2 ** 32 + found[0].readUInt32BE(4) : -1
    const chunk = chunkOf(start, found[1])
    if (chunk === undefined) throw this.corrupt(needed, `the chunk at ${start} is damaged`)
    if (chunk.end <= offset) throw this.corrupt({ from: chunk.end, to: offset + 1 }, 'no chunk is there')
    return chunk
  }

  /** The whole stored message at an offset, or undefined when none starts there. */
  async messageAt(offset: number): Promise<Buffer | undefined> {
    const chunk = await this.chunkOver(offset)
    const at = positionIn(chunk, offset)
    if (at < 0) return undefined
    const size = sizeAt(chunk.bytes, at)
    if (chunk.bytes.readInt32BE(at + 4) === messageMagic.blank || at + size > chunk.bytes.length) return undefined
    return chunk.bytes.subarray(at, at + size)
  }

  corrupt(range: { readonly from: number; readonly to: number }, why: string): MqError {
    this.corruptions++
    return new MqError('MQ_STORE_CORRUPT', `commit log offsets ${range.from} to ${range.to} cannot be read: ${why}`)
  }

  forget(): void {
    this.#cache.clear()
  }
}
