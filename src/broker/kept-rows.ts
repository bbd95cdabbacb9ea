/**
 * Small settings by name that have no table of their own on disk: rows of the table `config` under a prefix. A change is
 * seen once it is durable.
 */
import type { Meta } from '../store/contract.ts'
import { type Change, readRow } from './config-table.ts'
import type { MetaWriter } from './meta-writer.ts'

export interface KeptParts {
  readonly meta: Meta
  readonly writer: MetaWriter
}

export class KeptRows<T> {
  readonly #prefix: string
  readonly #writer: MetaWriter
  readonly #rows = new Map<string, T>()

  private constructor(prefix: string, writer: MetaWriter) {
    this.#prefix = prefix
    this.#writer = writer
  }

  static async open<T>(prefix: string, { meta, writer }: KeptParts): Promise<KeptRows<T>> {
    const kept = new KeptRows<T>(prefix, writer)
    for (const [key, text] of await meta.rows('config'))
      if (key.startsWith(prefix)) kept.#rows.set(key.slice(prefix.length), readRow('config', key, text) as T)
    return kept
  }

  get size(): number {
    return this.#rows.size
  }

  get(name: string): T | undefined {
    return this.#rows.get(name)
  }

  entries(): IterableIterator<[string, T]> {
    return this.#rows.entries()
  }

  /** All of the changes or none; undefined removes a row. Nothing is written when there is nothing to change. */
  async write(changes: readonly Change<T>[]): Promise<void> {
    const real = changes.filter(([name, value]) => value !== undefined || this.#rows.has(name))
    if (real.length === 0) return
    const rows = real.map(([name, value]) => ({
      table: 'config' as const,
      key: this.#prefix + name,
      value: value === undefined ? undefined : JSON.stringify(value)
    }))
    await this.#writer.write(rows)
    for (const [name, value] of real) {
      if (value === undefined) this.#rows.delete(name)
      else this.#rows.set(name, value)
    }
  }
}
