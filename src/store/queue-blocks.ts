/**
 * A piece of a consume queue on disk: up to 1,024 entries behind a header. Pure. Blocks are appended, never rewritten.
 *
 * `format 1 · flags 1 · count 2 · CRC-32 4 · first store time 8 · last store time 8`, then entries of 22 bytes:
 * `physical offset 8 · size 4 · tag code 8 · distance back to the chunk's start 2`. The CRC covers the key and the rest.
 */

import { crc32 } from 'node:zlib'
import { readLong, writeLong } from '../protocol/long.ts'
import type { ConsumeQueue } from './consume-queue.ts'

export const blockEntriesMax = 1024
const headerBytes = 24
export const entryBytes = 22

const crcOf = (key: Buffer, block: Buffer): number => crc32(block.subarray(8), crc32(block.subarray(0, 4), crc32(key)))

/** Entries `from` to `to` of a tail. */
export const encodeBlock = (key: Buffer, queue: ConsumeQueue, from: number, to: number): Buffer => {
  const block = Buffer.allocUnsafe(headerBytes + (to - from) * entryBytes)
  block[0] = 1
  block[1] = 0
  block.writeUInt16BE(to - from, 2)
  writeLong(block, queue.storeTimeAt(from), 8)
  writeLong(block, queue.storeTimeAt(to - 1), 16)
  let at = headerBytes
  for (let offset = from; offset < to; offset++, at += entryBytes) {
    writeLong(block, queue.physicalAt(offset), at)
    block.writeInt32BE(queue.sizeAt(offset), at + 8)
    writeLong(block, queue.tagsAt(offset), at + 12)
    block.writeUInt16BE(queue.distanceAt(offset), at + 20)
  }
  block.writeUInt32BE(crcOf(key, block), 4)
  return block
}

/** A block that was read and found whole. */
export class QueueBlock {
  readonly firstOffset: number
  readonly count: number
  readonly bytes: Buffer

  private constructor(firstOffset: number, bytes: Buffer) {
    this.firstOffset = firstOffset
    this.count = bytes.readUInt16BE(2)
    this.bytes = bytes
  }

  /** Undefined when the bytes are not what was written under this key. */
  static open(key: Buffer, bytes: Buffer): QueueBlock | undefined {
    if (bytes.length < headerBytes || bytes[0] !== 1) return undefined
    if (bytes.length !== headerBytes + bytes.readUInt16BE(2) * entryBytes) return undefined
    if (bytes.readUInt32BE(4) !== crcOf(key, bytes)) return undefined
    return new QueueBlock(readLong(key, key.length - 8), bytes)
  }

  get end(): number {
    return this.firstOffset + this.count
  }
  get firstStoreTime(): number {
    return readLong(this.bytes, 8)
  }
  get lastStoreTime(): number {
    return readLong(this.bytes, 16)
  }
  physicalAt(offset: number): number {
    return readLong(this.bytes, this.#at(offset))
  }
  sizeAt(offset: number): number {
    return this.bytes.readInt32BE(this.#at(offset) + 8)
  }
  tagsAt(offset: number): number {
    return readLong(this.bytes, this.#at(offset) + 12)
  }
  distanceAt(offset: number): number {
    return this.bytes.readUInt16BE(this.#at(offset) + 20)
  }

  #at(offset: number): number {
    return headerBytes + (offset - this.firstOffset) * entryBytes
  }
}
