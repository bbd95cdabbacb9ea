/**
 * Brings the ends of consume queues to disk in blocks. Only what the log has durably is written, so that derived data may lag
 * the log but never lead it; how far it has come is a row of its own, written last.
 */
import { crc32 } from 'node:zlib'
import { readLong, writeLong } from '../protocol/long.ts'
import type { ConsumeQueue } from './consume-queue.ts'
import type { Database } from './database.ts'
import { blockKey, headKey, queuePrefix } from './keys.ts'
import { blockEntriesMax, encodeBlock } from './queue-blocks.ts'

const entriesAtOnce = 16 * blockEntriesMax

/** `log offset 8 · CRC-32 4`. */
export const encodeCoverage = (logEnd: number): Buffer => {
  const row = Buffer.alloc(12)
  writeLong(row, logEnd, 0)
  row.writeUInt32BE(crc32(row.subarray(0, 8)), 8)
  return row
}

export const decodeCoverage = (row: Buffer | undefined): number | undefined =>
  row?.length === 12 && row.readUInt32BE(8) === crc32(row.subarray(0, 8)) ? readLong(row, 0) : undefined

/** First offset of the tail, from `from` on, whose message starts at or after a log offset. */
const offsetAtLog = (queue: ConsumeQueue, from: number, logOffset: number): number => {
  let low = from
  let high = queue.maxOffset
  while (low < high) {
    const middle = (low + high) >>> 1
    if (queue.physicalAt(middle) < logOffset) low = middle + 1
    else high = middle
  }
  return low
}

export class QueueFlush {
  /** Queues with entries that are not on disk. */
  #dirty: ConsumeQueue[] = []

  /** The queue has grown. */
  touch(queue: ConsumeQueue): void {
    if (queue.dirty) return
    queue.dirty = true
    this.#dirty.push(queue)
  }

  /**
   * Writes blocks of all entries below a log offset into the database of the segment that ends it; entries of earlier
   * segments must have been written before.
   */
  async flush(database: Database, logEnd: number, turn: () => Promise<void>): Promise<void> {
    const dirty = this.#dirty
    this.#dirty = []
    let written = 0
    try {
      while (written < dirty.length) {
        written += await this.#writeSome(database, dirty, written, logEnd)
        await turn()
      }
      await database.write([[headKey, encodeCoverage(logEnd)]], false)
    } finally {
      for (const queue of dirty) {
        queue.dirty = false
        if (!queue.deleted && queue.persisted < queue.maxOffset) this.touch(queue)
      }
    }
  }

  /** One batch, small enough not to hold up the event loop; returns how many queues it finished. */
  async #writeSome(database: Database, dirty: ConsumeQueue[], at: number, logEnd: number): Promise<number> {
    const batch = database.batch()
    const ends: number[] = []
    let budget = entriesAtOnce
    let finished = 0
    let blocks = 0
    for (let i = at; i < dirty.length && budget > 0; i++) {
      const queue = dirty[i]!
      const all = queue.deleted ? queue.persisted : offsetAtLog(queue, queue.persisted, logEnd)
      const end = Math.min(all, queue.persisted + budget)
      ends.push(end)
      if (end === all) finished++
      // A block of one entry costs about as much as one of thirty.
      budget -= 32 + end - queue.persisted
      const prefix = queuePrefix(queue.parent.bytes, queue.parent.generation, queue.queueId)
      for (let from = queue.persisted; from < end; from += blockEntriesMax) {
        const key = blockKey(prefix, from)
        blocks++
        batch.put(key, encodeBlock(key, queue, from, Math.min(from + blockEntriesMax, end)))
      }
    }
    if (blocks > 0) await batch.write({ sync: false })
    else await batch.close()
    for (const [i, end] of ends.entries()) {
      const queue = dirty[at + i]!
      if (!queue.deleted) queue.persisted = Math.max(queue.persisted, end)
    }
    return finished
  }
}
