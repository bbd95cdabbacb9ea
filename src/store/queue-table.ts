/**
 * All consume queues by topic and queue id, and what the log's boundaries say about them: for each segment, where every queue
 * stood when the segment began. From these tables come the least offsets after retention, and the segment of an old offset.
 */
import { readLong, writeLong } from '../protocol/long.ts'
import { ConsumeQueue, type TailBudget, TopicQueues } from './consume-queue.ts'

export const queueIdMax = 0xffff

/** A deleted topic: messages below `since` belong to generations before this one. */
export interface Generation {
  readonly generation: number
  readonly since: number
}

export class QueueTable {
  readonly #budget: TailBudget
  readonly #topics = new Map<string, TopicQueues>()
  readonly generations = new Map<string, Generation>()
  #ordinals = 0
  #count = 0
  #lastTopic: TopicQueues | undefined

  constructor(budget: TailBudget) {
    this.#budget = budget
  }

  get count(): number {
    return this.#count
  }
  /** One more than the greatest ordinal in use. */
  get ordinalsEnd(): number {
    return this.#ordinals
  }

  topic(name: string): TopicQueues | undefined {
    // Messages come in runs of the same topic.
    const last = this.#lastTopic
    if (last !== undefined && last.topic === name) return last
    const found = this.#topics.get(name)
    if (found !== undefined) this.#lastTopic = found
    return found
  }

  topics(): IterableIterator<string> {
    return this.#topics.keys()
  }

  find(topic: string, queueId: number): ConsumeQueue | undefined {
    return this.topic(topic)?.queues[queueId]
  }

  ensure(topic: string, queueId: number): ConsumeQueue {
    let parent = this.topic(topic)
    if (parent === undefined) {
      parent = new TopicQueues(topic, this.generations.get(topic)?.generation ?? 0)
      this.#topics.set(topic, parent)
    }
    let queue = parent.queues[queueId]
    if (queue === undefined) {
      queue = new ConsumeQueue(parent, queueId, this.#ordinals++, this.#budget)
      parent.queues[queueId] = queue
      this.#count++
    }
    return queue
  }

  /** Takes a topic's queues out. */
  remove(topic: string): void {
    const parent = this.#topics.get(topic)
    this.#lastTopic = undefined
    if (parent === undefined) return
    this.#topics.delete(topic)
    for (const queue of parent.queues) {
      if (queue === undefined) continue
      queue.release()
      this.#count--
    }
  }

  *all(): IterableIterator<ConsumeQueue> {
    for (const parent of this.#topics.values()) {
      for (const queue of parent.queues) if (queue !== undefined) yield queue
    }
  }

  /** A table over all queues, by ordinal. */
  snapshot(value: (queue: ConsumeQueue) => number): Float64Array {
    const table = new Float64Array(this.#ordinals)
    for (const queue of this.all()) table[queue.ordinal] = value(queue)
    return table
  }

  /** `topics 4`, then each `length 2 · topic · generation 4 · queues 4`, then each `queue id 4 · next offset 8`. */
  encodeStarts(starts: Float64Array): Buffer {
    let bytes = 4
    let topics = 0
    for (const parent of this.#topics.values()) {
      topics++
      bytes += 10 + parent.bytes.length
      for (const queue of parent.queues) if (queue !== undefined && queue.ordinal < starts.length) bytes += 12
    }
    const table = Buffer.allocUnsafe(bytes)
    table.writeUInt32BE(topics, 0)
    let at = 4
    for (const parent of this.#topics.values()) {
      table.writeUInt16BE(parent.bytes.length, at)
      parent.bytes.copy(table, at + 2)
      at += 2 + parent.bytes.length
      table.writeUInt32BE(parent.generation, at)
      const countAt = at + 4
      let count = 0
      at += 8
      for (const queue of parent.queues) {
        if (queue === undefined || queue.ordinal >= starts.length) continue
        table.writeInt32BE(queue.queueId, at)
        writeLong(table, starts[queue.ordinal] ?? 0, at + 4)
        at += 12
        count++
      }
      table.writeUInt32BE(count, countAt)
    }
    return table.subarray(0, at)
  }

  /** Reads a table again; queues of other generations are passed over, unknown ones are made when `create` is set. */
  decodeStarts(table: Buffer, mode: { readonly create: boolean }): Float64Array {
    const found: [number, number][] = []
    let at = 4
    for (let topics = table.readUInt32BE(0); topics > 0; topics--) {
      const length = table.readUInt16BE(at)
      const topic = table.toString('utf8', at + 2, at + 2 + length)
      at += 2 + length
      const current = table.readUInt32BE(at) === (this.generations.get(topic)?.generation ?? 0)
      const count = table.readUInt32BE(at + 4)
      at += 8
      for (let i = 0; i < count; i++, at += 12) {
        if (!current) continue
        const queueId = table.readInt32BE(at)
        const queue = mode.create ? this.ensure(topic, queueId) : this.find(topic, queueId)
        if (queue !== undefined) found.push([queue.ordinal, readLong(table, at + 4)])
      }
    }
    const starts = new Float64Array(this.#ordinals)
    for (const [ordinal, start] of found) starts[ordinal] = start
    return starts
  }
}
