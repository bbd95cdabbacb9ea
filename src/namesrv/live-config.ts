/**
 * The options of a running NameServer: a few may be changed by request, at once and for good. Only keys that the table
 * of options marks hot, all of a request or none; there is no path among them (CVE-2023-37582). Java: Configuration.
 */
import { MqError } from '../kit/errors.ts'
import { type OptionRow, type OptionSource, type OptionValue, parseOption } from '../kit/options.ts'
import { type Property, parseProperties } from '../kit/properties.ts'
import { readDurably, writeDurably } from './durable-file.ts'
import { type NamesrvOptions, namesrvOptionRows } from './options.ts'

const rows: ReadonlyMap<string, OptionRow> = new Map(namesrvOptionRows.map(row => [row.key, row]))

export class LiveConfig {
  readonly #path: string
  readonly #values: Map<string, OptionValue>
  /** What was changed by request, as text. */
  #changed: ReadonlyMap<string, string>
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, configured: NamesrvOptions, changed: ReadonlyMap<string, string>) {
    this.#path = path
    this.#values = new Map(Object.entries(configured))
    this.#changed = changed
    for (const [key, text] of changed) this.#values.set(key, parseOption(rows.get(key)!, text, key))
  }

  /**
   * Applies what earlier requests changed; a flag, a variable or a line of this start's configuration file wins over it.
   * Rejects with MQ_CONFIG_INVALID.
   */
  static async open(
    path: string,
    configured: NamesrvOptions,
    sources: ReadonlyMap<string, OptionSource>
  ): Promise<LiveConfig> {
    const changed = new Map<string, string>()
    for (const { key, value } of parseProperties((await readDurably(path)) ?? '')) {
      if (rows.get(key)?.hot && (sources.get(key) ?? 'default') === 'default') changed.set(key, value)
    }
    return new LiveConfig(path, configured, changed)
  }

  get<K extends keyof NamesrvOptions>(key: K): NamesrvOptions[K] {
    return this.#values.get(key) as NamesrvOptions[K]
  }

  /** All options by key, in order. */
  entries(): [string, string][] {
    return [...this.#values].map(([key, value]): [string, string] => [key, String(value)]).sort(byKey)
  }

  /** Resolves when the changes are durable and in force. Rejects before anything has changed. */
  update(properties: readonly Property[]): Promise<void> {
    const run = async (): Promise<void> => {
      const next = new Map(this.#changed)
      const values = properties.map(({ key, value }): [string, OptionValue] => [key, checked(key, value)])
      for (const [key, value] of values) next.set(key, String(value))
      await writeDurably(this.#path, [...next].map(([key, value]) => `${key}=${value}\n`).join(''))
      this.#changed = next
      for (const [key, value] of values) this.#values.set(key, value)
    }
    const done = this.#last.then(run)
    this.#last = done.catch(() => {})
    return done
  }
}

const byKey = ([one]: [string, string], [other]: [string, string]): number => (one < other ? -1 : 1)

const checked = (key: string, text: string): OptionValue => {
  const row = rows.get(key)
  if (row?.hot !== true) {
    const why = row === undefined ? 'is not an option of this NameServer' : 'can only be changed by a restart'
    throw new MqError('MQ_NOT_PERMITTED', `${key.slice(0, 100)} ${why}, so nothing was changed`)
  }
  return parseOption(row, text, key)
}
