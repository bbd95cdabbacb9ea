/**
 * The store's clockwork for the disk: the barrier of ASYNC_FLUSH, blocks of consume queues and runs of the index behind it,
 * sealing of full segments, and the checkpoint that tells how far all of them came.
 */
import { errorText } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Database } from './database.ts'
import type { KeyIndex } from './key-index.ts'
import type { MetaStore } from './meta.ts'
import type { StoreSettings } from './options.ts'
import type { QueueFlush } from './queue-flush.ts'
import type { QueueStarts } from './queue-starts.ts'
import type { QueueTable } from './queue-table.ts'
import type { Segment } from './segment.ts'
import type { Segments } from './segments.ts'
import type { SlabRing } from './slab.ts'
import { turn } from './turn.ts'

export interface DurabilityParts {
  readonly settings: StoreSettings
  readonly segments: Segments
  readonly meta: MetaStore
  readonly checkpoint: Checkpoint
  readonly ring: SlabRing
  readonly table: QueueTable
  readonly starts: QueueStarts
  readonly index: KeyIndex
  readonly queueFlush: QueueFlush
  readonly storeTimestamp: () => number
  readonly log: Logger
}

export class Durability {
  readonly #parts: DurabilityParts
  /** End of the log that survives a power cut. */
  flushedEnd: number
  /** End of the log that consume queues cover on disk. */
  queuesEnd: number
  indexEnd: number
  #written = ''
  #barriers: Promise<void> = Promise.resolve()
  #derived: Promise<void> = Promise.resolve()
  #brokenDerived = new Set<Database>()

  constructor(parts: DurabilityParts, position: number) {
    this.#parts = parts
    this.flushedEnd = position
    this.queuesEnd = 0
    this.indexEnd = 0
  }

  /** SYNC_FLUSH: the group's write was synced. */
  synced(end: number): void {
    if (end > this.flushedEnd) this.flushedEnd = end
  }

  /** Makes all that is confirmed now survive a power cut. Calls follow each other. */
  barrier(): Promise<void> {
    const done = this.#barriers.then(() => this.#barrier())
    this.#barriers = done.catch(() => {})
    return done
  }

  async #barrier(): Promise<void> {
    const { ring, segments } = this.#parts
    const target = ring.committed
    // SYNC_FLUSH leaves nothing to do here: every group was synced by itself.
    if (target > this.flushedEnd) {
      for (const segment of segments.list) {
        const touched = segment.end > this.flushedEnd && segment.start < target && segment.state === 'open'
        if (touched) await segments.use(segment, databases => databases.commitlog.barrier())
      }
      this.flushedEnd = Math.max(this.flushedEnd, target)
    }
    await this.writeCheckpoint(false)
  }

  /** Call only from one place at a time. */
  async writeCheckpoint(clean: boolean): Promise<void> {
    const { checkpoint, meta, settings, storeTimestamp } = this.#parts
    const values = {
      logEnd: this.flushedEnd,
      queuesEnd: this.queuesEnd,
      indexEnd: this.indexEnd,
      metaSequence: meta.sequence,
      storeTimestamp: storeTimestamp(),
      clean: clean ? 1 : 0
    }
    const text = JSON.stringify(values)
    if (text === this.#written) return
    const { at } = settings.seams
    await checkpoint.write(values, at === undefined ? undefined : () => at('checkpoint-half-written'))
    this.#written = text
    await at?.('checkpoint-written')
  }

  /** Brings derived data up to what the log has durably, and seals segments that are complete. */
  derive(): Promise<void> {
    const done = this.#derived.then(() => this.#derive())
    this.#derived = done.catch(() => {})
    return done
  }

  async #derive(): Promise<void> {
    const { segments, settings } = this.#parts
    for (const segment of [...segments.list]) {
      if (segment.state === 'sealed' || segment.state === 'leaving') continue
      const limit = Math.min(this.flushedEnd, segment.end)
      if (limit <= segment.start) break
      await segments.use(segment, () => this.#deriveSegment(segment, limit))
      if (limit < segment.end || segment.end > this.#parts.starts.activeStart) break
      await this.#seal(segment)
    }
    await settings.seams.at?.('derived-flushed')
  }

  async #deriveSegment(segment: Segment, limit: number): Promise<void> {
    const { queueFlush, index } = this.#parts
    const { consumequeue, index: runs } = segment.databases!
    await this.#whole(consumequeue)
    await this.#whole(runs)
    if (limit > this.queuesEnd) {
      await this.#guard(consumequeue, () => queueFlush.flush(consumequeue, limit, turn))
      this.queuesEnd = limit
    }
    await this.#guard(runs, () => index.flush(segment, runs, limit, turn))
    this.indexEnd = Math.max(this.indexEnd, index.end(segment))
  }

  /** A failed write leaves LevelDB unusable until it is opened anew. */
  async #guard(database: Database, job: () => Promise<void>): Promise<void> {
    try {
      await job()
    } catch (error) {
      this.#brokenDerived.add(database)
      throw error
    }
  }

  async #whole(database: Database): Promise<void> {
    if (!this.#brokenDerived.has(database)) return
    await database.reopen()
    this.#brokenDerived.delete(database)
  }

  async #seal(segment: Segment): Promise<void> {
    const { segments, index, starts, table, log } = this.#parts
    const next = starts.pending(segment.end)
    if (next === undefined) return
    await segments.use(segment, async databases => {
      await this.#guard(databases.index, () => index.seal(segment, databases.index, turn))
      // A sealed segment is never read through at start, so all of it must be durable before its row says so.
      await databases.commitlog.barrier()
      await databases.consumequeue.barrier()
      await databases.index.barrier()
    })
    segment.indexed = index.end(segment) === segment.end
    await segments.seal(segment, table.encodeStarts(next))
    starts.settle(segment.end)
    log.debug({ segment: segment.name }, 'segment sealed')
  }

  /** Runs a job of the clockwork; its failure is told and tried again at the next tick. */
  attempt(what: string, job: () => Promise<void>): void {
    job().catch(error => this.#parts.log.warn({ error: errorText(error) }, `${what} failed, it is tried again`))
  }

  /** All derived data is on disk as far as the log is, and everything is durable. */
  async finish(): Promise<void> {
    await this.barrier()
    await this.derive()
    for (const segment of this.#parts.segments.list) {
      if (segment.state === 'sealed' || segment.databases === undefined) continue
      await segment.databases.consumequeue.barrier()
      await segment.databases.index.barrier()
    }
    await this.#barriers
    await this.writeCheckpoint(true)
  }
}
