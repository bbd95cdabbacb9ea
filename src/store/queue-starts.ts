/**
 * Where every queue stood when a segment began: in memory while a segment is rolled but not sealed, from meta after that.
 * Tells in which segment the blocks of an old queue offset are, and the least offsets once segments are gone.
 */
import type { ConsumeQueue } from './consume-queue.ts'
import { segmentName } from './keys.ts'
import type { MetaStore } from './meta.ts'
import type { QueueTable } from './queue-table.ts'
import type { Segment } from './segment.ts'
import type { Segments } from './segments.ts'

const tablesKept = 8

export class QueueStarts {
  readonly #table: QueueTable
  readonly #segments: Segments
  readonly #meta: MetaStore
  /** Of the segments that are not sealed: a failed write may undo a roll, and then the table before counts again. */
  readonly #pending = new Map<number, Float64Array>()
  readonly #loaded = new Map<number, Promise<Float64Array>>()
  /** The segment that appends go to. */
  activeStart = 0

  constructor(table: QueueTable, segments: Segments, meta: MetaStore) {
    this.#table = table
    this.#segments = segments
    this.#meta = meta
  }

  /** Appends go on in the segment at `start`: notes where all queues stand. */
  roll(start: number): void {
    this.#pending.set(
      start,
      this.#table.snapshot(queue => queue.next)
    )
    this.activeStart = start
    for (const queue of this.#table.all()) queue.activeStart = queue.next
  }

  pending(start: number): Float64Array | undefined {
    return this.#pending.get(start)
  }

  /** The segment before `start` is sealed: tables of earlier starts are in meta, and no roll before it can be undone. */
  settle(start: number): void {
    for (const earlier of [...this.#pending.keys()]) if (earlier < start) this.#pending.delete(earlier)
  }

  /** Forgets rolls at or after `offset`, and goes back to the segment that holds it. */
  cut(offset: number): void {
    for (const start of [...this.#pending.keys()]) if (start > offset) this.#pending.delete(start)
    this.activeStart = this.#segments.startOf(offset)
    const starts = this.#pending.get(this.activeStart)
    if (starts === undefined) return
    for (const queue of this.#table.all()) queue.activeStart = starts[queue.ordinal] ?? 0
  }

  /** Queue offsets at a segment's start, by ordinal; 0 for queues that did not exist. */
  async of(start: number): Promise<Float64Array> {
    const pending = this.#pending.get(start)
    if (pending !== undefined) return pending
    let loading = this.#loaded.get(start)
    if (loading === undefined) {
      loading = this.#load(start)
      loading.catch(() => this.#loaded.delete(start))
    } else {
      this.#loaded.delete(start)
    }
    this.#loaded.set(start, loading)
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= tablesKept) break
      this.#loaded.delete(oldest)
    }
    return loading
  }

  /** The same at start-up, when the table makes the queues known. */
  async restore(start: number): Promise<Float64Array> {
    const row = await this.#meta.row('starts', segmentName(start))
    const starts = row === undefined ? new Float64Array(0) : this.#table.decodeStarts(row, { create: true })
    this.#pending.set(start, starts)
    return starts
  }

  async #load(start: number): Promise<Float64Array> {
    const row = await this.#meta.row('starts', segmentName(start))
    return row === undefined ? new Float64Array(0) : this.#table.decodeStarts(row, { create: false })
  }

  forget(): void {
    this.#loaded.clear()
  }

  /** The segment whose blocks hold an offset that is on disk; undefined when it has gone. */
  async segmentOf(queue: ConsumeQueue, offset: number): Promise<Segment | undefined> {
    if (offset >= queue.activeStart) return this.#segments.at(this.activeStart)
    const list = this.#segments.list
    let low = 0
    // Appends may go to a segment that is not made yet: the one before it is then the list's last.
    let high = list.findLastIndex(segment => segment.start < this.activeStart)
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      const starts = await this.of(list[middle]!.start)
      if ((starts[queue.ordinal] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return list[low]
  }
}
