/**
 * How far each group has consumed. Commits change memory at once; rows that changed are written every few seconds and
 * at a stop, so a crash costs a group some seconds of progress and it sees those messages again.
 * Java: ConsumerOffsetManager.
 */
import type { Clock, Timer } from '../../kit/clock.ts'
import { errorText } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'
import type { DataVersion } from '../../protocol/bodies/data-version.ts'
import type { MessageStore, MetaChange } from '../../store/contract.ts'
import { readRow } from '../config-table.ts'
import type { MetaWriter } from '../meta-writer.ts'
import type { OffsetTable } from '../parts.ts'
import { OffsetResets } from './offset-resets.ts'

export interface OffsetsParts {
  readonly store: Pick<MessageStore, 'maxOffset' | 'meta'>
  readonly writer: MetaWriter
  readonly clock: Clock
  readonly log: Logger
  /** Milliseconds between two writes. */
  readonly flushMs: number
}

type Queues = Map<number, number>

/** Rows written with one batch: what a flush of very many groups is cut into. */
const rowsPerBatch = 5000

/** Loads the offsets; one above its queue's end, which a crash can leave behind, is lowered to it. */
export const openOffsets = async (parts: OffsetsParts): Promise<Offsets> => {
  const offsets = new Offsets(parts)
  await offsets.load()
  return offsets
}

export class Offsets implements OffsetTable {
  readonly #store: OffsetsParts['store']
  readonly #writer: MetaWriter
  readonly #log: Logger
  readonly #groups = new Map<string, Map<string, Queues>>()
  readonly #byTopic = new Map<string, Set<string>>()
  /** `topic@group`, as Apache names the rows. */
  readonly #dirty = new Set<string>()
  readonly #resets = new OffsetResets()
  readonly #timer: Timer
  readonly #openedAt: number
  #changes = 0

  constructor({ store, writer, clock, log, flushMs }: OffsetsParts) {
    this.#store = store
    this.#writer = writer
    this.#log = log
    this.#openedAt = clock.now()
    this.#timer = clock.every(flushMs, () => {
      this.flush().catch(error => {
        this.#log.error({ error: errorText(error) }, 'consumer offsets could not be written; they are tried again')
      })
    })
  }

  async load(): Promise<void> {
    for (const [key, text] of await this.#store.meta.rows('offset')) {
      const at = key.indexOf('@')
      const topic = key.slice(0, at)
      const group = key.slice(at + 1)
      const queues = this.#make(group, topic)
      for (const [name, offset] of Object.entries(readRow('offset', key, text) as Record<string, number>)) {
        const queueId = Number(name)
        const end = this.#store.maxOffset(topic, queueId)
        if (offset > end) {
          this.#log.warn({ group, topic, queueId, offset, end }, 'a consumer offset above the end was lowered to it')
          this.#dirty.add(key)
        }
        queues.set(queueId, Math.min(offset, end))
      }
    }
    await this.#resets.load(this.#store.meta, (key, queueId) =>
      this.#store.maxOffset(key.slice(0, key.indexOf('@')), queueId)
    )
  }

  get(group: string, topic: string, queueId: number): number {
    return this.#groups.get(group)?.get(topic)?.get(queueId) ?? -1
  }

  commit(group: string, topic: string, queueId: number, offset: number): boolean {
    // Go clients commit -1 for queues that they never read: it says nothing, and must not undo what is known.
    if (offset < 0) return true
    if (offset > this.#store.maxOffset(topic, queueId)) return false
    if (this.#resets.has(group, topic, queueId)) return true
    this.#set(group, topic, queueId, offset)
    return true
  }

  reset(group: string, topic: string, queueId: number, offset: number): boolean {
    if (offset < 0 || offset > this.#store.maxOffset(topic, queueId)) return false
    this.#set(group, topic, queueId, offset)
    this.#resets.set(`${topic}@${group}`, queueId, offset)
    this.#dirty.add(`${topic}@${group}`)
    return true
  }

  hasReset(group: string, topic: string, queueId: number): boolean {
    return this.#resets.has(group, topic, queueId)
  }

  takeReset(group: string, topic: string, queueId: number): number | undefined {
    if (!this.#resets.has(group, topic, queueId)) return undefined
    this.#dirty.add(`${topic}@${group}`)
    return this.#resets.take(`${topic}@${group}`, queueId)
  }

  ofGroup(group: string): ReadonlyMap<string, ReadonlyMap<number, number>> {
    return this.#groups.get(group) ?? new Map()
  }

  all(): IterableIterator<[string, ReadonlyMap<string, ReadonlyMap<number, number>>]> {
    return this.#groups.entries()
  }

  /** Raised with each change. */
  get dataVersion(): DataVersion {
    return { stateVersion: 0, timestamp: this.#openedAt, counter: this.#changes }
  }

  groupsOf(topic: string): readonly string[] {
    return [...(this.#byTopic.get(topic) ?? [])]
  }

  deleteGroup(group: string): void {
    for (const topic of this.#groups.get(group)?.keys() ?? []) this.#forget(group, topic)
  }

  deleteTopic(topic: string): void {
    for (const group of this.groupsOf(topic)) this.#forget(group, topic)
  }

  /** Writes what changed; resolves when it is durable. What could not be written stays for the next time. */
  async flush(): Promise<void> {
    const keys = [...this.#dirty]
    for (let at = 0; at < keys.length; at += rowsPerBatch) {
      const batch = keys.slice(at, at + rowsPerBatch)
      for (const key of batch) this.#dirty.delete(key)
      try {
        await this.#writer.write(batch.flatMap(key => [this.#row(key), ...this.#resets.changes(key)]))
      } catch (error) {
        for (const key of batch) this.#dirty.add(key)
        throw error
      }
    }
  }

  /** Ends the writing by time; the last flush is the caller's. */
  stop(): void {
    this.#timer.cancel()
  }

  #set(group: string, topic: string, queueId: number, offset: number): void {
    const queues = this.#groups.get(group)?.get(topic) ?? this.#make(group, topic)
    if (queues.get(queueId) === offset) return
    queues.set(queueId, offset)
    this.#changes++
    this.#dirty.add(`${topic}@${group}`)
  }

  #row(key: string): MetaChange {
    const at = key.indexOf('@')
    const queues = this.#groups.get(key.slice(at + 1))?.get(key.slice(0, at))
    return {
      table: 'offset',
      key,
      value: queues === undefined ? undefined : JSON.stringify(Object.fromEntries(queues))
    }
  }

  #make(group: string, topic: string): Queues {
    let topics = this.#groups.get(group)
    if (topics === undefined) {
      topics = new Map()
      this.#groups.set(group, topics)
    }
    let queues = topics.get(topic)
    if (queues === undefined) {
      queues = new Map()
      topics.set(topic, queues)
      const groups = this.#byTopic.get(topic)
      if (groups === undefined) this.#byTopic.set(topic, new Set([group]))
      else groups.add(group)
    }
    return queues
  }

  #forget(group: string, topic: string): void {
    const topics = this.#groups.get(group)
    topics?.delete(topic)
    if (topics?.size === 0) this.#groups.delete(group)
    const groups = this.#byTopic.get(topic)
    groups?.delete(group)
    if (groups?.size === 0) this.#byTopic.delete(topic)
    this.#changes++
    this.#resets.forget(`${topic}@${group}`)
    this.#dirty.add(`${topic}@${group}`)
  }
}
