/**
 * Reads a stretch of the log and brings consume queues and index up to it: at start, and after a failed write. Checks that
 * chunks follow each other without a gap and that messages are where they say they are.
 */
import { MqError } from '../kit/errors.ts'
import { readLong } from '../protocol/long.ts'
import {
  checkMessage,
  physicalOffsetAt,
  propertiesEnd,
  propertiesStart,
  queueIdAt,
  queueOffsetAt,
  storeTimestampAt,
  topicAt
} from '../protocol/message-fields.ts'
import { parseProperties } from '../protocol/message-properties.ts'
import { tagsCode } from '../protocol/tags-code.ts'
import { chunkHeaderBytes } from './chunk.ts'
import type { Database } from './database.ts'
import type { KeyIndex } from './key-index.ts'
import { headKey, offsetKey } from './keys.ts'
import { type Chunk, chunkOf } from './log-reader.ts'
import type { StoreSettings } from './options.ts'
import type { QueueFlush } from './queue-flush.ts'
import { type QueueTable, queueIdMax } from './queue-table.ts'
import type { Segment } from './segment.ts'

export interface ReplayParts {
  readonly settings: StoreSettings
  readonly table: QueueTable
  readonly index: KeyIndex
  readonly queueFlush: QueueFlush
}

export interface ReplayRange {
  /** A log offset; the chunk that holds it, or the last one before it, is where reading begins. */
  readonly from: number
  /** Messages below are known already. */
  readonly skipBelow: number
  readonly queuesCovered: number
  readonly indexCovered: number
}

export interface ReplayEnd {
  /** Where the unbroken log ends. */
  readonly position: number
  readonly previousChunk: number
  /** Something lies behind the end that does not belong there. */
  readonly hole: boolean
}

/** The consume queue on disk does not fit the log: it is made anew from it. */
export class StaleQueues extends Error {}

const corrupt = (text: string): MqError => new MqError('MQ_STORE_CORRUPT', text)

export class LogReplay {
  readonly #parts: ReplayParts
  storeTimestamp = 0
  /** Messages that derived data did not have. */
  replayed = 0

  constructor(parts: ReplayParts) {
    this.#parts = parts
  }

  async run(segment: Segment, database: Database, range: ReplayRange): Promise<ReplayEnd> {
    const first = await database.first({ gt: headKey, lte: offsetKey(range.from), reverse: true })
    const start = first?.[0]
    let position = segment.start
    let previousChunk = segment.start
    let hole = false
    await database.scan(start === undefined ? { gt: headKey } : { gte: start }, entries => {
      for (const [key, bytes] of entries) {
        const at = key.length === 8 ? readLong(key, 0) : -1
        const chunk = chunkOf(at, bytes)
        const isFirst = start !== undefined && key.equals(start)
        const follows = chunk !== undefined && at === position && chunk.head.previousStart === previousChunk
        if (chunk === undefined || !(isFirst || follows) || chunk.end > segment.end) {
          hole = true
          return false
        }
        previousChunk = at
        position = chunk.end
        this.#chunk(segment, chunk, range)
      }
      return true
    })
    return { position, previousChunk, hole }
  }

  #chunk(segment: Segment, chunk: Chunk, range: ReplayRange): void {
    if (chunk.head.blank) return
    const { bytes } = chunk
    let messages = 0
    for (let at = chunkHeaderBytes; at < bytes.length; messages++) {
      const size = checkMessage(bytes, at)
      const expected = chunk.start + at - chunkHeaderBytes
      const physical = physicalOffsetAt(bytes, at)
      if (physical !== expected) {
        throw corrupt(`the message at commit log offset ${expected} says that it is at ${physical}`)
      }
      if (physical >= range.skipBelow) this.#message(segment, bytes, at, size, physical - chunk.start, range)
      at += size
    }
    if (messages !== chunk.head.messageCount) throw corrupt(`the chunk at commit log offset ${chunk.start} is damaged`)
  }

  #message(segment: Segment, bytes: Buffer, at: number, size: number, distance: number, range: ReplayRange): void {
    const { table, index, queueFlush, settings } = this.#parts
    const physical = physicalOffsetAt(bytes, at)
    const storeTime = storeTimestampAt(bytes, at)
    if (segment.firstStoreTime === 0) segment.firstStoreTime = storeTime
    segment.lastStoreTime = Math.max(segment.lastStoreTime, storeTime)
    this.storeTimestamp = Math.max(this.storeTimestamp, storeTime)
    const topic = topicAt(bytes, at)
    const queueId = queueIdAt(bytes, at)
    const gone = physical < (table.generations.get(topic)?.since ?? 0)
    if (gone || queueId < 0 || queueId > queueIdMax) return
    const queue = table.ensure(topic, queueId)
    const properties = bytes.subarray(propertiesStart(bytes, at), propertiesEnd(bytes, at))
    if (physical >= range.indexCovered) index.add(queue.parent, segment.start, physical, size, properties)
    const offset = queueOffsetAt(bytes, at)
    if (offset < queue.persisted) return
    if (physical < range.queuesCovered) throw new StaleQueues('blocks are missing below what they should cover')
    if (offset !== queue.next) {
      // Blocks that are lost look like a gap; a gap that remains when they were made anew is in the log itself.
      if (offset > queue.next && range.queuesCovered > segment.start) throw new StaleQueues('blocks are missing')
      throw corrupt(
        `the message at commit log offset ${physical} has offset ${offset} in queue ${queueId} of ${topic}, where ${queue.next} should follow`
      )
    }
    const tags =
      settings.tagsCodeOf?.(topic, properties, storeTime) ?? tagsCode(parseProperties(properties).get('TAGS'))
    queue.push(physical, size, distance, tags, storeTime, Number.POSITIVE_INFINITY)
    queue.maxOffset = queue.next
    queueFlush.touch(queue)
    this.replayed++
  }
}
