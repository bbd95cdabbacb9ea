/**
 * An entry of the commit log: whole messages behind a header of 16 bytes. Pure.
 *
 * `format 1 · flags 1 · message count 2 · start of the previous chunk 8 · CRC-32 4`, then the messages. The CRC covers key,
 * header and messages. LevelDB returns flipped bytes as if they were right, hence a CRC that is checked on every read.
 */

import { crc32 } from 'node:zlib'
import { readLong, writeLong } from '../protocol/long.ts'

export const chunkHeaderBytes = 16
const chunkFormat = 1
/** The chunk is the BLANK record that fills a segment's end; what follows it are virtual zeros. */
const blankFlag = 1

const sealed = Buffer.alloc(20)

const crcOf = (start: number, bytes: Buffer, at: number, length: number): number => {
  writeLong(sealed, start, 0)
  bytes.copy(sealed, 8, at, at + 12)
  return crc32(bytes.subarray(at + chunkHeaderBytes, at + length), crc32(sealed))
}

export interface ChunkHead {
  readonly messageCount: number
  readonly previousStart: number
  readonly blank: boolean
}

/** Fills the header before messages that already stand at `at + 16`. `length` counts the header. */
export const sealChunk = (bytes: Buffer, at: number, length: number, start: number, head: ChunkHead): void => {
  bytes[at] = chunkFormat
  bytes[at + 1] = head.blank ? blankFlag : 0
  bytes.writeUInt16BE(head.messageCount, at + 2)
  writeLong(bytes, head.previousStart, at + 4)
  bytes.writeUInt32BE(crcOf(start, bytes, at, length), at + 12)
}

/** The header, or undefined when the bytes are not the chunk that was written at `start`. */
export const openChunk = (bytes: Buffer, start: number): ChunkHead | undefined => {
  if (bytes.length < chunkHeaderBytes + 8 || bytes[0] !== chunkFormat) return undefined
  if (bytes.readUInt32BE(12) !== crcOf(start, bytes, 0, bytes.length)) return undefined
  return {
    messageCount: bytes.readUInt16BE(2),
    previousStart: readLong(bytes, 4),
    blank: ((bytes[1] ?? 0) & blankFlag) !== 0
  }
}

/** Bytes of the log that a chunk covers; a BLANK record covers what its size field says. */
export const chunkSpan = (bytes: Buffer, head: ChunkHead): number =>
  head.blank ? bytes.readUInt32BE(chunkHeaderBytes) : bytes.length - chunkHeaderBytes
