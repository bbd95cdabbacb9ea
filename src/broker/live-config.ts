/**
 * The options of a running broker: a few may be changed by request, at once and for good. Only keys that the table of
 * options marks hot, all of a request or none. Java: Configuration; the allowlist is ours (CVE-2023-33246).
 */
import type { Clock } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { type OptionRow, type OptionSource, type OptionValue, parseOption } from '../kit/options.ts'
import type { Property } from '../kit/properties.ts'
import type { DataVersion } from '../protocol/bodies/data-version.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { Meta, MetaChange } from '../store/contract.ts'
import { readRow } from './config-table.ts'
import type { MetaWriter } from './meta-writer.ts'
import { type BrokerOptions, brokerOptionRows } from './options.ts'

export interface LiveConfigParts {
  readonly meta: Meta
  readonly writer: MetaWriter
  readonly clock: Clock
  readonly log: Logger
  /** As read at the start; hot values are changed in this very object. */
  readonly options: BrokerOptions
  readonly sources: ReadonlyMap<string, OptionSource>
}

/** A change as it is kept: the new value, and the configured one that it stands in for. */
interface Override {
  readonly value: OptionValue
  readonly instead: OptionValue
}

const rowPrefix = 'option.'
const rows: readonly OptionRow[] = brokerOptionRows
const rowOf: ReadonlyMap<string, OptionRow> = new Map(rows.map(row => [row.key, row]))

export class LiveConfig {
  readonly #parts: LiveConfigParts
  readonly #configured: ReadonlyMap<string, OptionValue>
  readonly #listeners: ((changed: ReadonlySet<string>) => void)[] = []
  #version: DataVersion

  private constructor(parts: LiveConfigParts) {
    this.#parts = parts
    this.#configured = new Map(Object.entries(parts.options))
    this.#version = { stateVersion: 0, timestamp: parts.clock.now(), counter: 0 }
  }

  /**
   * Applies the changes that earlier requests made. A flag or a variable of this start wins over them, and so does a
   * configuration file that says something else now than it did then.
   */
  static async open(parts: LiveConfigParts): Promise<LiveConfig> {
    const config = new LiveConfig(parts)
    for (const [key, text] of await parts.meta.rows('config')) {
      const row = key.startsWith(rowPrefix) ? rowOf.get(key.slice(rowPrefix.length)) : undefined
      if (row === undefined) continue
      const { value, instead } = readRow('config', key, text) as Override
      const source = parts.sources.get(row.key)
      const configured = config.#configured.get(row.key)
      if (row.hot && source !== 'flag' && source !== 'env' && configured === instead) config.#set(row.key, value)
      else parts.log.warn({ key: row.key, value, configured }, 'an earlier change of an option no longer counts')
    }
    return config
  }

  get dataVersion(): DataVersion {
    return this.#version
  }

  onChange(listener: (changed: ReadonlySet<string>) => void): void {
    this.#listeners.push(listener)
  }

  /** All options by key. */
  *entries(): IterableIterator<[string, string]> {
    const values = new Map<string, OptionValue>(Object.entries(this.#parts.options))
    for (const key of [...values.keys()].sort()) yield [key, String(values.get(key))]
  }

  /** Resolves when the changes are durable and in force. Throws before anything has changed. */
  async update(properties: readonly Property[], by: string): Promise<void> {
    const changes = new Map<string, OptionValue>()
    for (const { key, value } of properties) changes.set(key, checked(key, value))
    const batch: MetaChange[] = [...changes].map(([key, value]) => ({
      table: 'config',
      key: rowPrefix + key,
      value: this.#rowFor(key, value)
    }))
    await this.#parts.writer.write(batch)
    const before = new Map<string, OptionValue>(Object.entries(this.#parts.options))
    for (const [key, value] of changes) {
      this.#set(key, value)
      this.#parts.log.info({ key, before: before.get(key), after: value, by }, 'an option was changed')
    }
    const { stateVersion, counter } = this.#version
    this.#version = { stateVersion, timestamp: this.#parts.clock.now(), counter: counter + 1 }
    const changed = new Set(changes.keys())
    for (const listener of this.#listeners) listener(changed)
  }

  /** Nothing is kept for an option that is back at what the configuration says. */
  #rowFor(key: string, value: OptionValue): string | undefined {
    const instead = this.#configured.get(key)
    return instead === undefined || instead === value ? undefined : JSON.stringify({ value, instead })
  }

  #set(key: string, value: OptionValue): void {
    ;(this.#parts.options as Record<string, OptionValue>)[key] = value
  }
}

const checked = (key: string, text: string): OptionValue => {
  const row = rowOf.get(key)
  if (row?.hot !== true) {
    const why = row === undefined ? 'is not an option of this broker' : 'can only be changed by a restart'
    throw new MqError('MQ_NOT_PERMITTED', `${key.slice(0, 100)} ${why}, so nothing was changed`)
  }
  try {
    return parseOption(row, text, key)
  } catch (error) {
    if (!(error instanceof MqError)) throw error
    throw new MqError(error.code, `${error.message}, so nothing was changed`, {
      cause: error,
      responseCode: responseCodes.INVALID_PARAMETER
    })
  }
}
