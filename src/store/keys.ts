/**
 * Keys of the databases: pure. Big-endian, so that LevelDB's byte order is the order of offsets.
 */
import { readLong, writeLong } from '../protocol/long.ts'

/** Commit log: the physical offset of a chunk. */
export const offsetKey = (offset: number): Buffer => {
  const key = Buffer.allocUnsafe(8)
  writeLong(key, offset, 0)
  return key
}

/** Sorts before every other key of a database: what the database says about itself. */
export const headKey = Buffer.from([0])

/** Consume queue: `length of topic 2 · topic · generation 4 · queue 4`; blocks add `first queue offset 8`. */
export const queuePrefix = (topic: Buffer, generation: number, queueId: number): Buffer => {
  const prefix = Buffer.allocUnsafe(10 + topic.length)
  // The length is biased by 1, so that no queue key equals or precedes `headKey`.
  prefix.writeUInt16BE(topic.length + 0x100, 0)
  topic.copy(prefix, 2)
  prefix.writeUInt32BE(generation, 2 + topic.length)
  prefix.writeInt32BE(queueId, 6 + topic.length)
  return prefix
}

export const blockKey = (prefix: Buffer, firstOffset: number): Buffer => {
  const key = Buffer.allocUnsafe(prefix.length + 8)
  prefix.copy(key)
  writeLong(key, firstOffset, prefix.length)
  return key
}

export interface BlockKeyParts {
  readonly topic: string
  readonly generation: number
  readonly queueId: number
  readonly firstOffset: number
}

export const parseBlockKey = (key: Buffer): BlockKeyParts | undefined => {
  if (key.length < 18) return undefined
  const length = key.readUInt16BE(0) - 0x100
  if (length !== key.length - 18) return undefined
  return {
    topic: key.toString('utf8', 2, 2 + length),
    generation: key.readUInt32BE(2 + length),
    queueId: key.readInt32BE(6 + length),
    firstOffset: readLong(key, 10 + length)
  }
}

/** Key index: `run 4`, and for its blocks `run 4 · hash 4 · offset in the segment 4` of their first entry. */
export const runKey = (run: number): Buffer => {
  const key = Buffer.allocUnsafe(5)
  key[0] = 1
  key.writeUInt32BE(run, 1)
  return key
}

export const runBlockKey = (run: number, hash: number, offset: number): Buffer => {
  const key = Buffer.allocUnsafe(13)
  key[0] = 1
  key.writeUInt32BE(run, 1)
  key.writeUInt32BE(hash, 5)
  key.writeUInt32BE(offset, 9)
  return key
}

/** A segment's directory: its first offset in 20 digits, as Apache names its files. */
export const segmentName = (start: number): string => String(start).padStart(20, '0')
