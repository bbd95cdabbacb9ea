/**
 * Answers reads of consume queues: from memory at once where the messages are recent, else from blocks and chunks on disk.
 * What comes back are whole stored messages in a buffer of the caller's own; slab memory never leaves the store.
 */
import { MqError } from '../kit/errors.ts'
import { physicalOffsetAt, queueIdAt, queueOffsetAt, sizeAt, storeTimestampAt } from '../protocol/message-fields.ts'
import { ByteCache } from './byte-cache.ts'
import { chunkHeaderBytes } from './chunk.ts'
import type { ConsumeQueue } from './consume-queue.ts'
import type { QueueEntry, ReadLimits, ReadResult, ReadStatus } from './contract.ts'
import { blockKey, queuePrefix } from './keys.ts'
import type { LogReader } from './log-reader.ts'
import { QueueBlock } from './queue-blocks.ts'
import type { QueueStarts } from './queue-starts.ts'
import type { Segments } from './segments.ts'
import type { SlabRing } from './slab.ts'

/** Java looks through at most 16,000 bytes of a consume queue, whose entries take 20 there. */
const scanMin = 800
const empty = Buffer.alloc(0)

/** An entry, wherever it came from. */
interface Entry {
  readonly physical: number
  readonly size: number
  readonly tags: number
  readonly distance: number
}

type Entries = Pick<QueueBlock, 'physicalAt' | 'sizeAt' | 'tagsAt' | 'distanceAt'>

const entryOf = (from: Entries, offset: number): Entry => ({
  physical: from.physicalAt(offset),
  size: from.sizeAt(offset),
  tags: from.tagsAt(offset),
  distance: from.distanceAt(offset)
})

const resultOf = (queue: ConsumeQueue, status: ReadStatus, nextOffset: number): ReadResult => ({
  status,
  nextOffset,
  minOffset: queue.minOffset,
  maxOffset: queue.maxOffset,
  messages: empty,
  messageCount: 0
})

export const noQueue: ReadResult = {
  status: 'NO_MATCHED_LOGIC_QUEUE',
  nextOffset: 0,
  minOffset: 0,
  maxOffset: 0,
  messages: empty,
  messageCount: 0
}

export interface QueueReaderParts {
  readonly segments: Segments
  readonly starts: QueueStarts
  readonly ring: SlabRing
  readonly logReader: LogReader
  readonly cacheBytesMax: number
}

export class QueueReader {
  readonly #parts: QueueReaderParts
  readonly #blocks: ByteCache<string, QueueBlock>
  /** Positions of the messages chosen by the read under way: reads from memory do not overlap. */
  readonly #chosen: number[] = []
  hits = 0
  misses = 0

  constructor(parts: QueueReaderParts) {
    this.#parts = parts
    this.#blocks = new ByteCache(parts.cacheBytesMax)
  }

  read(queue: ConsumeQueue, offset: number, limits: ReadLimits): ReadResult | Promise<ReadResult> {
    const { minOffset, maxOffset } = queue
    if (maxOffset === 0) return resultOf(queue, 'NO_MESSAGE_IN_QUEUE', 0)
    if (offset < minOffset) return resultOf(queue, 'OFFSET_TOO_SMALL', minOffset)
    if (offset === maxOffset) return resultOf(queue, 'OFFSET_OVERFLOW_ONE', offset)
    if (offset > maxOffset) return resultOf(queue, 'OFFSET_OVERFLOW_BADLY', maxOffset)
    if (this.isRecent(queue, offset)) {
      this.hits++
      return this.#readRecent(queue, offset, limits)
    }
    this.misses++
    return this.#readDisk(queue, offset, limits)
  }

  isRecent(queue: ConsumeQueue, offset: number): boolean {
    return queue.holds(offset) && offset < queue.maxOffset && this.#parts.ring.locate(queue.physicalAt(offset)) >= 0
  }

  #readRecent(queue: ConsumeQueue, from: number, limits: ReadLimits): ReadResult {
    const { ring } = this.#parts
    const chosen = this.#chosen
    const end = Math.min(queue.maxOffset, from + Math.max(scanMin, limits.messagesMax))
    let count = 0
    let bytes = 0
    let offset = from
    for (; offset < end && count < limits.messagesMax; offset++) {
      if (limits.matches !== undefined && !limits.matches(queue.tagsAt(offset))) continue
      const size = queue.sizeAt(offset)
      if (count > 0 && bytes + size > limits.bytesMax) break
      // After a repair the log's end may be in memory with a gap before it.
      if (ring.locate(queue.physicalAt(offset)) < 0) break
      chosen[count++] = offset
      bytes += size
    }
    if (count === 0) return resultOf(queue, 'NO_MATCHED_MESSAGE', offset)
    const messages = Buffer.allocUnsafe(bytes)
    let to = 0
    for (let i = 0; i < count; i++) {
      const at = ring.locate(queue.physicalAt(chosen[i]!))
      to += ring.buffer.copy(messages, to, at, at + queue.sizeAt(chosen[i]!))
    }
    return { ...resultOf(queue, 'FOUND', offset), messages, messageCount: count }
  }

  async #readDisk(queue: ConsumeQueue, from: number, limits: ReadLimits): Promise<ReadResult> {
    const end = Math.min(queue.maxOffset, from + Math.max(scanMin, limits.messagesMax))
    const parts: Buffer[] = []
    let bytes = 0
    let offset = from
    try {
      for (; offset < end && parts.length < limits.messagesMax; offset++) {
        const entry = await this.#entry(queue, offset)
        if (limits.matches !== undefined && !limits.matches(entry.tags)) continue
        if (parts.length > 0 && bytes + entry.size > limits.bytesMax) break
        parts.push(await this.#message(queue, offset, entry))
        bytes += entry.size
      }
    } catch (error) {
      // What could be read before the fault is delivered; the next read meets the fault at its start.
      const removed = offset < queue.minOffset
      if (removed && parts.length === 0) return resultOf(queue, 'MESSAGE_WAS_REMOVING', queue.minOffset)
      if (parts.length === 0) throw error
    }
    if (parts.length === 0) return resultOf(queue, 'NO_MATCHED_MESSAGE', offset)
    return { ...resultOf(queue, 'FOUND', offset), messages: Buffer.concat(parts), messageCount: parts.length }
  }

  async #entry(queue: ConsumeQueue, offset: number): Promise<Entry> {
    if (queue.holds(offset)) return entryOf(queue, offset)
    return entryOf(await this.#block(queue, offset), offset)
  }

  async #block(queue: ConsumeQueue, offset: number): Promise<QueueBlock> {
    const name = `${queue.ordinal}:${Math.floor(offset / 1024)}`
    const cached = this.#blocks.get(name)
    if (cached !== undefined && offset >= cached.firstOffset && offset < cached.end) return cached
    const { segments, starts } = this.#parts
    const segment = await starts.segmentOf(queue, offset)
    if (segment === undefined) throw new MqError('MQ_NOT_FOUND', `offset ${offset} has been removed`)
    const prefix = queuePrefix(queue.parent.bytes, queue.parent.generation, queue.queueId)
    const found = await segments.use(segment, databases =>
      databases.consumequeue.first({ gte: blockKey(prefix, 0), lte: blockKey(prefix, offset), reverse: true })
    )
    if (found === undefined) throw this.#corrupt(queue, offset, 'no block is there')
    const block = QueueBlock.open(found[0], found[1])
    if (block === undefined) throw this.#corrupt(queue, offset, 'its block is damaged')
    if (block.end <= offset) throw this.#corrupt(queue, offset, 'no block is there')
    this.#blocks.set(name, block, block.bytes.length + 200)
    return block
  }

  #corrupt(queue: ConsumeQueue, offset: number, why: string): MqError {
    this.#parts.logReader.corruptions++
    return new MqError(
      'MQ_STORE_CORRUPT',
      `queue ${queue.queueId} of ${queue.topic} cannot be read at offset ${offset}: ${why}`
    )
  }

  /** The message of an entry, from memory or disk, checked to be the very one. */
  async #message(queue: ConsumeQueue, offset: number, entry: Entry): Promise<Buffer> {
    const { ring, logReader } = this.#parts
    const { physical, size, distance } = entry
    const recent = ring.locate(physical)
    if (recent >= 0) return Buffer.from(ring.buffer.subarray(recent, recent + size))
    const needed = { from: physical, to: physical + size }
    const chunk = await logReader.chunkAt(physical - distance, needed)
    const at = chunkHeaderBytes + distance
    const whole = at + size <= chunk.bytes.length && sizeAt(chunk.bytes, at) === size
    const same =
      whole &&
      physicalOffsetAt(chunk.bytes, at) === physical &&
      queueOffsetAt(chunk.bytes, at) === offset &&
      queueIdAt(chunk.bytes, at) === queue.queueId
    if (!same)
      throw logReader.corrupt(needed, `it is not the message ${offset} of queue ${queue.queueId} of ${queue.topic}`)
    return chunk.bytes.subarray(at, at + size)
  }

  async entries(queue: ConsumeQueue, from: number, count: number): Promise<QueueEntry[]> {
    const end = Math.min(queue.maxOffset, from + count)
    const found: QueueEntry[] = []
    for (let offset = Math.max(from, queue.minOffset); offset < end; offset++) {
      const { physical, size, tags } = await this.#entry(queue, offset)
      found.push({ queueOffset: offset, physicalOffset: physical, size, tagsCode: tags })
    }
    return found
  }

  async storeTimeAt(queue: ConsumeQueue, offset: number): Promise<number> {
    if (queue.holds(offset)) return queue.storeTimeAt(offset)
    return storeTimestampAt(await this.#message(queue, offset, await this.#entry(queue, offset)), 0)
  }

  /** Java: getOffsetInQueueByTime. Store times never decrease along a queue. */
  async offsetByTime(queue: ConsumeQueue, timestampMs: number, boundary: 'LOWER' | 'UPPER'): Promise<number> {
    // First offset whose store time is at or after the time (LOWER) or after it (UPPER).
    let low = queue.minOffset
    let high = queue.maxOffset
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const time = await this.storeTimeAt(queue, middle)
      if (boundary === 'LOWER' ? time < timestampMs : time <= timestampMs) low = middle + 1
      else high = middle
    }
    return boundary === 'LOWER' ? low : Math.max(queue.minOffset, low - 1)
  }

  forget(): void {
    this.#blocks.clear()
  }
}
