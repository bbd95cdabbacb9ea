/**
 * Looks through LevelDB's write-ahead logs before it opens them. LevelDB takes damage in the middle of a log for its end and
 * drops what follows without a word; a log that a crash cut short just ends, and a power cut may leave any part of its last
 * write undone: a page of zeros, a piece in the middle. This tells one from the other: a record that does not match its
 * checksum is damage when another one begins behind it, for only then was it complete once. Damage of the very last record
 * looks like a torn write; that it was durable is known from the checkpoint.
 *
 * Format: blocks of 32 KiB; in them records `CRC-32C masked 4 · length 2 · type 1 · bytes`, all little-endian.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MqError } from '../kit/errors.ts'
import { namesIn } from './durable-files.ts'

const blockBytes = 32 * 1024
const headerBytes = 7
const lastType = 4
/** Types that begin a write: a whole one, and the first piece of one that goes on in the next block. */
const beginnings: ReadonlySet<number> = new Set([1, 2])
const maskDelta = 0xa282_ead8

/** CRC-32C (Castagnoli), four tables: node's zlib has only the other polynomial. */
const tables = (() => {
  const made = [0, 1, 2, 3].map(() => new Uint32Array(256))
  for (let i = 0; i < 256; i++) {
    let crc = i
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f6_3b78 : crc >>> 1
    made[0]![i] = crc >>> 0
  }
  for (let t = 1; t < 4; t++) {
    for (let i = 0; i < 256; i++) {
      const before = made[t - 1]![i]!
      made[t]![i] = (made[0]![before & 0xff]! ^ (before >>> 8)) >>> 0
    }
  }
  return made as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
})()

export const crc32c = (bytes: Buffer, start: number, end: number): number => {
  const [t0, t1, t2, t3] = tables
  let crc = 0xffff_ffff
  let at = start
  for (; at + 4 <= end; at += 4) {
    crc ^= bytes.readInt32LE(at)
    crc = t3[crc & 0xff]! ^ t2[(crc >>> 8) & 0xff]! ^ t1[(crc >>> 16) & 0xff]! ^ t0[crc >>> 24]!
  }
  for (; at < end; at++) crc = t0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8)
  return ~crc >>> 0
}

const unmask = (masked: number): number => {
  const rotated = (masked - maskDelta) >>> 0
  return ((rotated >>> 17) | (rotated << 15)) >>> 0
}

/** What a block of a log holds: whole records, the log's end, or damage at a position. */
const checkBlock = (bytes: Buffer, block: number): number | 'end' | undefined => {
  const blockEnd = Math.min(block + blockBytes, bytes.length)
  let at = block
  while (at + headerBytes <= blockEnd) {
    const end = at + headerBytes + bytes.readUInt16LE(at + 4)
    const type = bytes[at + 6]!
    // Zeros: room that was set aside and never written.
    if (type === 0 && end === at + headerBytes && bytes.readUInt32LE(at) === 0) {
      return isZero(bytes, at, bytes.length) ? 'end' : at
    }
    // The file ends within the record: a crash cut it short, unless whole records follow where it should still go on.
    if (end > bytes.length && end <= block + blockBytes) return hasRecord(bytes, at + 1, blockEnd) ? at : 'end'
    if (end > blockEnd || !isRecord(bytes, at, end)) return at
    at = end
  }
  return undefined
}

const isRecord = (bytes: Buffer, at: number, end: number): boolean => {
  const type = bytes[at + 6]!
  return type > 0 && type <= lastType && unmask(bytes.readUInt32LE(at)) === crc32c(bytes, at + 6, end)
}

/** Whether a whole record begins a write anywhere in this stretch of a block. */
const hasRecord = (bytes: Buffer, from: number, blockEnd: number): boolean => {
  for (let at = from; at + headerBytes < blockEnd; at++) {
    const end = at + headerBytes + bytes.readUInt16LE(at + 4)
    if (end > at + headerBytes && end <= blockEnd && beginnings.has(bytes[at + 6]!) && isRecord(bytes, at, end)) {
      return true
    }
  }
  return false
}

/** Whether a write begins behind damage: in the rest of its block, or where later blocks begin and go on. */
const writesGoOn = (bytes: Buffer, damage: number): boolean => {
  const next = damage - (damage % blockBytes) + blockBytes
  if (hasRecord(bytes, damage + 1, Math.min(next, bytes.length))) return true
  for (let block = next; block < bytes.length; block += blockBytes) {
    const blockEnd = Math.min(block + blockBytes, bytes.length)
    for (let at = block; at + headerBytes <= blockEnd; ) {
      const end = at + headerBytes + bytes.readUInt16LE(at + 4)
      if (end > blockEnd || !isRecord(bytes, at, end)) break
      if (beginnings.has(bytes[at + 6]!)) return true
      at = end
    }
  }
  return false
}

const isZero = (bytes: Buffer, start: number, end: number): boolean => {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false
  return true
}

/** Position of the first damaged record of a write-ahead log, or -1. `turn` lets the event loop go round now and then. */
export const findDamage = async (bytes: Buffer, turn: () => Promise<void>): Promise<number> => {
  for (let block = 0; block < bytes.length; block += blockBytes) {
    const found = checkBlock(bytes, block)
    if (found === 'end') return -1
    if (found !== undefined) return writesGoOn(bytes, found) ? found : -1
    if (block % (32 * blockBytes) === 0) await turn()
  }
  return -1
}

/** Throws MQ_STORE_CORRUPT when a write-ahead log in a database's directory is damaged. */
export const checkWriteAheadLogs = async (dir: string, turn: () => Promise<void>): Promise<void> => {
  for (const name of await namesIn(dir)) {
    if (!name.endsWith('.log')) continue
    const path = join(dir, name)
    const damage = await findDamage(await readFile(path), turn)
    if (damage < 0) continue
    const text = `the write-ahead log ${path} is damaged at byte ${damage}, and what was written after it would be lost`
    throw new MqError('MQ_STORE_CORRUPT', text)
  }
}
