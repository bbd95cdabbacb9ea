/**
 * A consume queue in memory: its offsets, and the entries of its end. What is not yet on disk is always here; beyond that as
 * much as memory allows, so that consumers who keep up never touch the disk. Older entries are in blocks (`queue-blocks.ts`).
 */
import type { QueueView } from './contract.ts'
import { topicSeed } from './message-keys.ts'

/** Numbers an entry takes: physical offset, size and distance packed, tag code, store time. */
const stride = 4
const entriesAtFirst = 16
const distanceSpan = 0x1_0000

/** Bytes that all tails take together: past the bound only what is not on disk is kept. */
export class TailBudget {
  readonly #bytesMax: number
  bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get spent(): boolean {
    return this.bytes > this.#bytesMax
  }
}

/** The queues of one topic, by queue id. A deleted topic that comes again is a new generation, with offsets from 0. */
export class TopicQueues {
  readonly topic: string
  readonly bytes: Buffer
  /** Where the hashes of its keys begin. */
  readonly seed: number
  readonly generation: number
  readonly queues: (ConsumeQueue | undefined)[] = []
  /** The topic is being deleted: nothing is appended until that is durable. */
  leaving = false

  constructor(topic: string, generation: number) {
    this.topic = topic
    this.bytes = Buffer.from(topic)
    this.seed = topicSeed(this.bytes)
    this.generation = generation
  }
}

export class ConsumeQueue implements QueueView {
  readonly parent: TopicQueues
  readonly topic: string
  readonly queueId: number
  /** Place of this queue in tables that are indexed by queue. */
  readonly ordinal: number
  minOffset = 0
  /** Offset of the next append. */
  next = 0
  /** First offset that is not confirmed. */
  maxOffset = 0
  /** First offset that is not in a block on disk. */
  persisted = 0
  /** `next` when the segment that is now written began. */
  activeStart = 0
  deleted = false
  /** Set by the group commit: the group that last touched this queue, and the queue's place in it. */
  group = -1
  groupIndex = 0
  /** Whether the list of queues with entries to be written holds this one. */
  dirty = false
  readonly #budget: TailBudget
  #tailStart = 0
  #entries = new Float64Array(0)

  constructor(parent: TopicQueues, queueId: number, ordinal: number, budget: TailBudget) {
    this.parent = parent
    this.topic = parent.topic
    this.queueId = queueId
    this.ordinal = ordinal
    this.#budget = budget
  }

  /** First offset whose entry is in memory. */
  get tailStart(): number {
    return this.#tailStart
  }

  get tailCapacity(): number {
    return this.#entries.length / stride
  }

  /** Sets the state found at start: all below `next` is on disk. */
  restore(next: number): void {
    this.next = next
    this.maxOffset = next
    this.persisted = next
    this.#tailStart = next
  }

  /** Adds the entry of offset `next`. `recentStart`: log offset from which messages are still in memory. */
  push(
    physicalOffset: number,
    size: number,
    distance: number,
    tagsCode: number,
    storeTime: number,
    recentStart: number
  ): void {
    let at = (this.next - this.#tailStart) * stride
    if (at === this.#entries.length) {
      this.#makeRoom(recentStart)
      at = (this.next - this.#tailStart) * stride
    }
    const entries = this.#entries
    entries[at] = physicalOffset
    entries[at + 1] = size * distanceSpan + distance
    entries[at + 2] = tagsCode
    entries[at + 3] = storeTime
    this.next++
  }

  #makeRoom(recentStart: number): void {
    const count = this.next - this.#tailStart
    let drop = 0
    const onDisk = Math.min(this.persisted - this.#tailStart, count)
    if (this.#budget.spent) drop = onDisk
    else while (drop < onDisk && (this.#entries[drop * stride] ?? 0) < recentStart) drop++
    // Moving few entries often would cost more than the memory is worth.
    if (drop >= count / 4 && drop > 0) {
      this.#entries.copyWithin(0, drop * stride, count * stride)
      this.#tailStart += drop
      return
    }
    this.#resize(Math.max(entriesAtFirst, count * 2), 0)
  }

  #resize(capacity: number, drop: number): void {
    const entries = new Float64Array(capacity * stride)
    entries.set(this.#entries.subarray(drop * stride, (this.next - this.#tailStart) * stride))
    this.#budget.bytes += entries.byteLength - this.#entries.byteLength
    this.#entries = entries
    this.#tailStart += drop
  }

  /** Gives memory back once the messages are out of memory too. */
  shrink(recentStart: number): void {
    const count = this.next - this.#tailStart
    if (this.tailCapacity <= entriesAtFirst || this.persisted < this.next) return
    if (count > 0 && !this.#budget.spent && this.physicalAt(this.#tailStart) >= recentStart) return
    this.#resize(entriesAtFirst, count - Math.min(count, entriesAtFirst))
  }

  /** Frees everything: the queue is gone. */
  release(): void {
    this.deleted = true
    this.#budget.bytes -= this.#entries.byteLength
    this.#entries = new Float64Array(0)
    this.#tailStart = this.next
  }

  /** Forgets entries from `offset` on: they were never confirmed. */
  cut(offset: number): void {
    this.next = Math.max(offset, this.#tailStart)
    this.maxOffset = Math.min(this.maxOffset, this.next)
  }

  holds(offset: number): boolean {
    return offset >= this.#tailStart && offset < this.next
  }

  physicalAt(offset: number): number {
    return this.#entries[(offset - this.#tailStart) * stride] ?? 0
  }
  sizeAt(offset: number): number {
    return Math.floor((this.#entries[(offset - this.#tailStart) * stride + 1] ?? 0) / distanceSpan)
  }
  distanceAt(offset: number): number {
    return (this.#entries[(offset - this.#tailStart) * stride + 1] ?? 0) % distanceSpan
  }
  tagsAt(offset: number): number {
    return this.#entries[(offset - this.#tailStart) * stride + 2] ?? 0
  }
  storeTimeAt(offset: number): number {
    return this.#entries[(offset - this.#tailStart) * stride + 3] ?? 0
  }

  tagsCodeAt(queueOffset: number): number | undefined {
    return this.holds(queueOffset) ? this.tagsAt(queueOffset) : undefined
  }
}
