/**
 * A table of settings by name that follows the disk: a change is seen once it is durable. Each change raises the
 * table's version. Java: ConfigManager with its DataVersion.
 */
import type { Clock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { DataVersion } from '../protocol/bodies/data-version.ts'
import type { Meta, MetaChange, MetaTable } from '../store/contract.ts'
import type { MetaWriter } from './meta-writer.ts'

export interface ConfigTableParts {
  readonly meta: Meta
  readonly writer: MetaWriter
  readonly clock: Clock
}

export type Change<T> = readonly [name: string, value: T | undefined]

const versionKey = (table: MetaTable): string => `dataVersion.${table}`

/** A row as it was written; a row that does not read is never replaced by a default. */
export const readRow = (table: MetaTable, key: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = `the row ${JSON.stringify(key)} of the table ${table} does not read: ${errorText(error)}`
    throw new MqError('MQ_STORE_CORRUPT', message, { cause: error })
  }
}

export class ConfigTable<T> {
  readonly #table: MetaTable
  readonly #writer: MetaWriter
  readonly #clock: Clock
  readonly #rows = new Map<string, T>()
  readonly #listeners: ((names: readonly string[]) => void)[] = []
  #version: DataVersion
  /** Version of the last change under way; it becomes the table's when that is durable. */
  #nextVersion: DataVersion

  private constructor(table: MetaTable, parts: ConfigTableParts, version: DataVersion) {
    this.#table = table
    this.#writer = parts.writer
    this.#clock = parts.clock
    this.#version = version
    this.#nextVersion = version
  }

  /** Loads the table; `initial` rows are there unless the disk has others of the same name. */
  static async open<T>(
    table: MetaTable,
    initial: readonly (readonly [string, T])[],
    parts: ConfigTableParts
  ): Promise<ConfigTable<T>> {
    const stored = (await parts.meta.rows('config')).get(versionKey(table))
    const fresh: DataVersion = { stateVersion: 0, timestamp: parts.clock.now(), counter: 0 }
    const version = stored === undefined ? fresh : (readRow('config', versionKey(table), stored) as DataVersion)
    const opened = new ConfigTable<T>(table, parts, version)
    for (const [name, value] of initial) opened.#rows.set(name, value)
    for (const [name, text] of await parts.meta.rows(table)) opened.#rows.set(name, readRow(table, name, text) as T)
    return opened
  }

  get size(): number {
    return this.#rows.size
  }

  get dataVersion(): DataVersion {
    return this.#version
  }

  get(name: string): T | undefined {
    return this.#rows.get(name)
  }

  all(): IterableIterator<T> {
    return this.#rows.values()
  }

  /** Tells the names of the rows that changed; none after `touch`. */
  onChange(listener: (names: readonly string[]) => void): void {
    this.#listeners.push(listener)
  }

  /** Resolves when the changes are durable and seen. They are all made or none. */
  async write(changes: readonly Change<T>[]): Promise<void> {
    const version = this.#raise()
    await this.#writer.write(this.#batch(changes, version))
    for (const [name, value] of changes) {
      if (value === undefined) this.#rows.delete(name)
      else this.#rows.set(name, value)
    }
    const names = changes.map(([name]) => name)
    this.#publish(version, names)
  }

  /** For what is made by itself and can be made again: seen at once, durable soon. */
  async set(name: string, value: T): Promise<void> {
    const version = this.#raise()
    this.#rows.set(name, value)
    this.#publish(version, [name])
    await this.#writer.write(this.#batch([[name, value]], version))
  }

  /** Raises the version although no row changed: what NameServers should hear of again. */
  async touch(): Promise<void> {
    await this.write([])
  }

  #raise(): DataVersion {
    const { stateVersion, counter } = this.#nextVersion
    this.#nextVersion = { stateVersion, timestamp: this.#clock.now(), counter: counter + 1 }
    return this.#nextVersion
  }

  #publish(version: DataVersion, names: readonly string[]): void {
    if (version.counter > this.#version.counter) this.#version = version
    for (const listener of this.#listeners) listener(names)
  }

  #batch(changes: readonly Change<T>[], version: DataVersion): MetaChange[] {
    const rows = changes.map(([key, value]) => ({
      table: this.#table,
      key,
      value: value === undefined ? undefined : JSON.stringify(value)
    }))
    return [...rows, { table: 'config', key: versionKey(this.#table), value: JSON.stringify(version) }]
  }
}
