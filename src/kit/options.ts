/**
 * Options of a daemon: one row says the key (Java's name), the type, the default, the help, and where else it may be
 * set. Values come from a flag, a variable, a properties file or the default, in this order.
 */
import { readFileSync } from 'node:fs'
import { errorText, MqError } from './errors.ts'
import { nearest } from './nearest.ts'
import { parseProperties } from './properties.ts'

export interface OptionRow {
  /** Java's name where Apache has the option. */
  readonly key: string
  readonly type: 'text' | 'int' | 'decimal' | 'bool'
  readonly default: string | number | boolean
  /** One phrase, with the unit. */
  readonly help: string
  readonly group: string
  /** Name of the command line flag, without the dashes. */
  readonly flag?: string
  /** Name of the environment variable. */
  readonly env?: string
  /** May be changed while the daemon runs. */
  readonly hot?: true
  readonly min?: number
  readonly max?: number
  /** All allowed values of a text. */
  readonly values?: readonly string[]
  /** What a text must look like, and how to say that. */
  readonly form?: readonly [RegExp, string]
}

type ValueOf<R extends OptionRow> = R extends { readonly type: 'bool' }
  ? boolean
  : R extends { readonly type: 'int' | 'decimal' }
    ? number
    : R extends { readonly values: readonly (infer V)[] }
      ? V
      : string

/** The typed values of a table of rows. */
export type OptionValues<Rows extends readonly OptionRow[]> = {
  -readonly [R in Rows[number] as R['key']]: ValueOf<R>
}

export type OptionValue = string | number | boolean
export type OptionSource = 'default' | 'file' | 'env' | 'flag'

export interface OptionSources {
  readonly file?: { readonly path: string; readonly text: string }
  readonly env?: Readonly<Record<string, string | undefined>>
  /** By flag name or by key; undefined = not given. */
  readonly flags?: Readonly<Record<string, OptionValue | undefined>>
  /** Keys that another daemon of the same file understands, or that are known to have no effect: why, by key. */
  readonly ignored?: ReadonlyMap<string, string>
}

export interface ReadOptions<Rows extends readonly OptionRow[]> {
  readonly values: OptionValues<Rows>
  /** Where each value came from. */
  readonly sources: ReadonlyMap<string, OptionSource>
  /** One sentence each: keys that nothing understands, and keys without effect. */
  readonly warnings: readonly string[]
}

const valueLengthMax = 4096

const invalid = (where: string, text: string, expected: string): MqError =>
  new MqError('MQ_CONFIG_INVALID', `${where} is ${JSON.stringify(text.slice(0, 200))}, expected ${expected}`)

const range = (row: OptionRow): string => {
  if (row.min !== undefined && row.max !== undefined) return ` from ${row.min} to ${row.max}`
  if (row.min !== undefined) return ` of at least ${row.min}`
  return row.max === undefined ? '' : ` of at most ${row.max}`
}

const inRange = (row: OptionRow, value: number): boolean =>
  value >= (row.min ?? Number.NEGATIVE_INFINITY) && value <= (row.max ?? Number.POSITIVE_INFINITY)

/** The value that a text stands for. Throws MQ_CONFIG_INVALID; `where` names the place in the message. */
export const parseOption = (row: OptionRow, text: string, where: string): OptionValue => {
  const trimmed = text.replaceAll(/^[ \t]+|[ \t]+$/g, '')
  // Values are written back as lines of `key=value`, so a control character would forge other keys.
  if (/\p{Cc}/u.test(trimmed) || trimmed.length > valueLengthMax)
    throw invalid(where, text, `at most ${valueLengthMax} characters, no control characters among them`)
  switch (row.type) {
    case 'bool':
      if (/^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true'
      throw invalid(where, text, 'true or false')
    case 'int': {
      const value = /^[+-]?\d{1,16}$/.test(trimmed) ? Number(trimmed) : Number.NaN
      if (Number.isSafeInteger(value) && inRange(row, value)) return value
      throw invalid(where, text, `a whole number${range(row)}`)
    }
    case 'decimal': {
      const value = /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(trimmed) ? Number(trimmed) : Number.NaN
      if (Number.isFinite(value) && inRange(row, value)) return value
      throw invalid(where, text, `a number${range(row)}`)
    }
    case 'text':
      if (row.values !== undefined && !row.values.includes(trimmed))
        throw invalid(where, text, `one of ${row.values.join(', ')}`)
      if (row.form !== undefined && !row.form[0].test(trimmed)) throw invalid(where, text, row.form[1])
      return trimmed
  }
}

/** A properties file for `readOptions`. Throws MQ_CONFIG_INVALID when it cannot be read. */
export const optionsFile = (path: string): { readonly path: string; readonly text: string } => {
  try {
    return { path, text: readFileSync(path, 'utf8') }
  } catch (error) {
    throw new MqError('MQ_CONFIG_INVALID', `the configuration file ${path} cannot be read: ${errorText(error)}`, {
      cause: error
    })
  }
}

export const defaultOptions = <const Rows extends readonly OptionRow[]>(rows: Rows): OptionValues<Rows> =>
  Object.fromEntries(rows.map(row => [row.key, row.default])) as OptionValues<Rows>

/** All values of a table. Throws MQ_CONFIG_INVALID, which names the file, line and key of the first wrong value. */
export const readOptions = <const Rows extends readonly OptionRow[]>(
  rows: Rows,
  from: OptionSources
): ReadOptions<Rows> => {
  const values = new Map<string, OptionValue>(rows.map(row => [row.key, row.default]))
  const sources = new Map<string, OptionSource>(rows.map(row => [row.key, 'default']))
  const byKey = new Map<string, OptionRow>(rows.map(row => [row.key, row]))
  const warnings: string[] = []
  const set = (row: OptionRow, value: OptionValue, source: OptionSource): void => {
    values.set(row.key, value)
    sources.set(row.key, source)
  }
  if (from.file !== undefined) {
    const { path, text } = from.file
    for (const { key, value, line } of parseProperties(text)) {
      const row = byKey.get(key)
      if (row !== undefined) set(row, parseOption(row, value, `${path}:${line}: ${key}`), 'file')
      else warnings.push(unknownKey(`${path}:${line}`, key, byKey.keys(), from.ignored))
    }
  }
  for (const row of rows as readonly OptionRow[]) {
    const variable = row.env === undefined ? undefined : from.env?.[row.env]
    if (variable !== undefined && variable !== '')
      set(row, parseOption(row, variable, `the variable ${row.env}`), 'env')
    const flag = from.flags?.[row.key] ?? (row.flag === undefined ? undefined : from.flags?.[row.flag])
    if (flag !== undefined) set(row, parseOption(row, String(flag), `--${row.flag ?? row.key}`), 'flag')
  }
  return { values: Object.fromEntries(values) as OptionValues<Rows>, sources, warnings }
}

const unknownKey = (
  where: string,
  key: string,
  known: Iterable<string>,
  ignored: ReadonlyMap<string, string> | undefined
): string => {
  const reason = ignored?.get(key)
  if (reason !== undefined) return `${where}: ${key} is ignored: ${reason}`
  const near = nearest(key, known)
  return `${where}: ${key} is not an option${near === undefined ? '' : `; did you mean ${near}?`}`
}
