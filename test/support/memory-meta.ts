/** Rows in memory in place of the store's, for tests of the tables alone: writes can be held back or made to fail. */
import type { Meta, MetaChange, MetaTable } from '../../src/store/contract.ts'

export interface MemoryMeta extends Meta {
  /** Batches that were written, as numbers of changes. */
  readonly batches: number[]
  /** What the next writes reject with, until it is undefined again. */
  failure: Error | undefined
  /** Holds writes back until the returned function is called. */
  hold(): () => void
}

export const memoryMeta = (): MemoryMeta => {
  const tables = new Map<MetaTable, Map<string, string>>()
  let held: Promise<void> = Promise.resolve()
  const apply = ({ table, key, value }: MetaChange): void => {
    const rows = tables.get(table) ?? new Map<string, string>()
    tables.set(table, rows)
    if (value === undefined) rows.delete(key)
    else rows.set(key, value)
  }
  return {
    batches: [],
    failure: undefined,
    hold() {
      let release: () => void = () => {}
      held = new Promise(resolve => {
        release = resolve
      })
      return release
    },
    async rows(table) {
      return new Map(tables.get(table))
    },
    async write(changes) {
      await held
      if (this.failure !== undefined) throw this.failure
      this.batches.push(changes.length)
      for (const change of changes) apply(change)
    }
  }
}
