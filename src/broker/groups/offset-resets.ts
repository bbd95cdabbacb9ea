/**
 * Offsets that an operator has set and the consumers do not know of yet. Until a consumer's pull has been told, what the
 * group commits for the queue does not count, for it is about messages of before. Kept on disk with the offsets, so that
 * a restart in between loses no reset. Java: ConsumerOffsetManager.resetOffsetTable, which is in memory only.
 */
import type { Meta, MetaChange } from '../../store/contract.ts'
import { readRow } from '../config-table.ts'

const rowPrefix = 'offsetReset.'

export class OffsetResets {
  /** By `topic@group`. */
  readonly #rows = new Map<string, Map<number, number>>()
  /** Keys that may have a row on disk; each is written with the offsets of the same name. */
  readonly #onDisk = new Set<string>()

  /** `endOf` lowers what a crash left above the end of its queue. */
  async load(meta: Meta, endOf: (key: string, queueId: number) => number): Promise<void> {
    for (const [name, text] of await meta.rows('config')) {
      if (!name.startsWith(rowPrefix)) continue
      const key = name.slice(rowPrefix.length)
      const stored = Object.entries(readRow('config', name, text) as Record<string, number>)
      const queues = stored.map(([queueId, offset]) => [Number(queueId), offset] as const)
      this.#rows.set(key, new Map(queues.map(([queueId, offset]) => [queueId, Math.min(offset, endOf(key, queueId))])))
      this.#onDisk.add(key)
    }
  }

  set(key: string, queueId: number, offset: number): void {
    const queues = this.#rows.get(key) ?? new Map<number, number>()
    queues.set(queueId, offset)
    this.#rows.set(key, queues)
    this.#onDisk.add(key)
  }

  /** Each pull and each commit asks; nearly always there is none at all. */
  has(group: string, topic: string, queueId: number): boolean {
    return this.#rows.size > 0 && this.#rows.get(`${topic}@${group}`)?.has(queueId) === true
  }

  /** The offset, which is then no longer waiting to be told. */
  take(key: string, queueId: number): number | undefined {
    const queues = this.#rows.get(key)
    const offset = queues?.get(queueId)
    queues?.delete(queueId)
    if (queues?.size === 0) this.#rows.delete(key)
    return offset
  }

  forget(key: string): void {
    this.#rows.delete(key)
  }

  /** The row to be written; none for a key that never had one. */
  changes(key: string): MetaChange[] {
    if (!this.#onDisk.has(key)) return []
    const queues = this.#rows.get(key)
    const value = queues === undefined ? undefined : JSON.stringify(Object.fromEntries(queues))
    return [{ table: 'config', key: rowPrefix + key, value }]
  }
}
