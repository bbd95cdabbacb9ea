/**
 * What happens between opening the databases and the first append: finds the log's end, and brings what is derived from the
 * log up to it. Only segments that are not sealed are read. The first hole is the end of the log, and what lies behind it is
 * deleted; but a hole below what was promised to be durable is lost data, and the store does not start.
 */
import { MqError } from '../kit/errors.ts'
import { storeTimestampAt } from '../protocol/message-fields.ts'
import type { CheckpointValues } from './checkpoint.ts'
import { chunkHeaderBytes } from './chunk.ts'
import type { Database } from './database.ts'
import type { KeyIndex } from './key-index.ts'
import { headKey, offsetKey, parseBlockKey } from './keys.ts'
import { chunkOf } from './log-reader.ts'
import { LogReplay, StaleQueues } from './log-replay.ts'
import type { StoreSettings } from './options.ts'
import { QueueBlock } from './queue-blocks.ts'
import { decodeCoverage, type QueueFlush } from './queue-flush.ts'
import type { QueueStarts } from './queue-starts.ts'
import type { QueueTable } from './queue-table.ts'
import type { Segment, SegmentDatabases } from './segment.ts'
import type { Segments } from './segments.ts'

export interface RecoveryParts {
  readonly settings: StoreSettings
  readonly segments: Segments
  readonly table: QueueTable
  readonly starts: QueueStarts
  readonly index: KeyIndex
  readonly queueFlush: QueueFlush
  readonly promised: CheckpointValues | undefined
}

/** Where the log goes on. */
export interface RecoveredEnd {
  readonly position: number
  readonly previousChunk: number
  readonly storeTimestamp: number
  /** Messages that were read again to bring derived data up to the log. */
  readonly replayed: number
  /** Chunks behind the first hole, deleted. */
  readonly dropped: number
}

/** Whether two keys of blocks differ in their last part only, the offset. */
const sameQueue = (a: Buffer, b: Buffer): boolean =>
  a.length === b.length && a.compare(b, 0, b.length - 8, 0, a.length - 8) === 0

const corrupt = (text: string): MqError => new MqError('MQ_STORE_CORRUPT', text)

export class Recovery {
  readonly #parts: RecoveryParts
  readonly #log: LogReplay
  #storeTimestamp: number
  #previousChunk = 0
  #dropped = 0

  constructor(parts: RecoveryParts) {
    this.#parts = parts
    this.#log = new LogReplay(parts)
    this.#storeTimestamp = parts.promised?.storeTimestamp ?? 0
  }

  async run(): Promise<RecoveredEnd> {
    const { segments, starts } = this.#parts
    let position = segments.first.start
    for (const segment of segments.list) {
      if (segment.state === 'sealed') {
        position = segment.end
        this.#storeTimestamp = Math.max(this.#storeTimestamp, segment.lastStoreTime)
        continue
      }
      if (position < segment.start) {
        await this.#dropAll(segment)
        continue
      }
      if (segments.list[0] === segment || segments.at(segment.start - 1)?.state === 'sealed') {
        await this.#restoreStarts(segment)
      } else {
        starts.roll(segment.start)
      }
      starts.activeStart = segment.start
      position = await this.#recoverSegment(segment)
    }
    this.#checkPromise(position)
    if (segments.at(position) === undefined) await segments.create(position)
    if (starts.activeStart !== segments.startOf(position)) {
      // The last segment is sealed, or was filled to its end: queues go on in the one after it.
      if (segments.at(position - 1)?.state === 'sealed') await this.#restoreStarts(segments.at(position)!)
      else starts.roll(segments.startOf(position))
      starts.activeStart = segments.startOf(position)
    }
    await this.#restoreLeastOffsets()
    return {
      position,
      previousChunk: this.#previousChunk,
      storeTimestamp: Math.max(this.#storeTimestamp, this.#log.storeTimestamp),
      replayed: this.#log.replayed,
      dropped: this.#dropped
    }
  }

  /** Queue offsets at the first segment's start are the least ones. */
  async #restoreLeastOffsets(): Promise<void> {
    const { segments, starts, table } = this.#parts
    if (segments.first.start === 0) return
    const least = await starts.of(segments.first.start)
    for (const queue of table.all()) queue.minOffset = least[queue.ordinal] ?? 0
  }

  /** All queues as they stood when the segment began. */
  async #restoreStarts(segment: Segment): Promise<void> {
    const { starts, table } = this.#parts
    const offsets = await starts.restore(segment.start)
    for (const queue of table.all()) {
      queue.restore(offsets[queue.ordinal] ?? 0)
      queue.activeStart = queue.next
    }
  }

  #checkPromise(position: number): void {
    const promised = this.#parts.promised
    if (promised === undefined || position >= promised.logEnd) return
    throw corrupt(
      `commit log offsets ${position} to ${promised.logEnd} are missing: they were durable when the store last ran`
    )
  }

  async #recoverSegment(segment: Segment): Promise<number> {
    const { segments, index } = this.#parts
    const before = new Map<unknown, number>()
    for (const queue of this.#parts.table.all()) before.set(queue, queue.next)
    for (let attempt = 0; ; attempt++) {
      const databases = await segments.acquire(segment)
      try {
        if (!(await index.load(segment, databases.index))) {
          index.forget(segment)
          await segments.recreate(segment, 'index')
        }
        const covered = await this.#loadQueueEnds(segment, segment.databases!.consumequeue)
        return await this.#replay(segment, segment.databases!, covered)
      } catch (error) {
        if (!(error instanceof StaleQueues) || attempt > 0) throw error
        await segments.recreate(segment, 'consumequeue')
        for (const queue of this.#parts.table.all()) queue.restore(before.get(queue) ?? 0)
        index.cut(segment.start)
      } finally {
        segment.release()
      }
    }
  }

  /** Takes the end of each queue from its last block; returns the log offset that the blocks cover. */
  async #loadQueueEnds(segment: Segment, database: Database): Promise<number> {
    const covered = decodeCoverage(await database.get(headKey))
    if (covered === undefined || covered < segment.start) return segment.start
    let last: [Buffer, Buffer] | undefined
    await database.scan({ gt: headKey }, entries => {
      for (const entry of entries) {
        if (last !== undefined && !sameQueue(last[0], entry[0])) this.#loadQueueEnd(last[0], last[1])
        last = entry
      }
      return true
    })
    if (last !== undefined) this.#loadQueueEnd(last[0], last[1])
    return covered
  }

  #loadQueueEnd(key: Buffer, bytes: Buffer): void {
    const { table } = this.#parts
    const parts = parseBlockKey(key)
    const block = QueueBlock.open(key, bytes)
    if (parts === undefined || block === undefined) throw new StaleQueues('a block is damaged')
    if (parts.generation !== (table.generations.get(parts.topic)?.generation ?? 0)) return
    const queue = table.ensure(parts.topic, parts.queueId)
    if (block.end > queue.next) queue.restore(block.end)
  }

  /** Reads the log from where derived data ends; returns where the log ends in this segment. */
  async #replay(segment: Segment, databases: SegmentDatabases, queuesCovered: number): Promise<number> {
    const { index, settings, promised } = this.#parts
    const indexCovered = settings.messageIndexEnable ? index.end(segment) : queuesCovered
    const from = Math.min(queuesCovered, indexCovered)
    const end = await this.#log.run(segment, databases.commitlog, { from, skipBelow: 0, queuesCovered, indexCovered })
    const covered = Math.max(queuesCovered, indexCovered)
    if (end.position < covered || (end.hole && end.position < (promised?.logEnd ?? 0))) {
      const lostTo = Math.min(Math.max(covered, promised?.logEnd ?? 0), segment.end)
      throw corrupt(`commit log offsets ${end.position} to ${lostTo} are missing or damaged`)
    }
    this.#previousChunk = end.previousChunk
    if (end.hole) await this.#dropFrom(databases.commitlog, end.position)
    await this.#readFirstTime(segment, databases.commitlog)
    return end.position
  }

  /** The replay began in the middle; the segment's first message tells when it began. */
  async #readFirstTime(segment: Segment, database: Database): Promise<void> {
    const first = await database.first({ gt: headKey })
    const chunk = first === undefined ? undefined : chunkOf(segment.start, first[1])
    if (chunk !== undefined && !chunk.head.blank) {
      segment.firstStoreTime = storeTimestampAt(chunk.bytes, chunkHeaderBytes)
    }
  }

  async #dropFrom(database: Database, position: number): Promise<void> {
    const keys: Buffer[] = []
    await database.scan({ gte: offsetKey(position), values: false }, entries => {
      for (const [key] of entries) keys.push(key)
      return true
    })
    await database.write(
      keys.map(key => [key, undefined] as const),
      true
    )
    this.#dropped += keys.length
  }

  /** A segment behind the log's end: nothing in it was promised. */
  async #dropAll(segment: Segment): Promise<void> {
    const promised = this.#parts.promised?.logEnd ?? 0
    if (promised > segment.start)
      throw corrupt(`commit log offsets below ${promised} are missing before ${segment.start}`)
    await this.#parts.segments.use(segment, databases => this.#dropFrom(databases.commitlog, segment.start))
  }
}
