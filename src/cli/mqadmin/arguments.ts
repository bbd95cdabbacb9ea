/**
 * Reads the words after a sub-command's name as Apache's parser does: `-t x`, `-tx`, `-t=x`, `--topic x`, `--topic=x`,
 * `-topic x`. Long flags that every `mq` command has pass through, and `-n` is the NameServer everywhere. Pure.
 */
import { MqError } from '../../kit/errors.ts'
import { nearest } from '../../kit/nearest.ts'
import type { MqadminRow, Option } from './row.ts'

/** A long flag of `mq`, by name: whether it takes a value. */
export type MqFlags = ReadonlyMap<string, boolean>

export interface Arguments {
  /** Values by short name, or by long name where there is no short one; '' for options without a value. */
  readonly values: ReadonlyMap<string, string>
  /** Words for `mq`, as they are. */
  readonly passed: readonly string[]
  readonly help: boolean
}

const namesrv: Option = { short: 'n', long: 'namesrvAddr', takesValue: true, required: false }

export const keyOf = (option: Option): string => option.short ?? option.long
const shown = (option: Option): string => (option.short === undefined ? `--${option.long}` : `-${option.short}`)

/** Throws MQ_USAGE for what mqadmin would refuse to parse. */
export const readArguments = (row: MqadminRow, words: readonly string[], mqFlags: MqFlags): Arguments => {
  const options = [...row.options.filter(option => option.short !== 'n'), namesrv]
  const values = new Map<string, string>()
  const passed: string[] = []
  const queue = [...words]
  let help = false
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const { option, attached } = optionOf(options, word)
    if (option !== undefined) {
      const value = option.takesValue ? (attached ?? next(queue, options, shown(option))) : ''
      if (option === namesrv) passed.push(...written('namesrv', value))
      else values.set(keyOf(option), value)
      continue
    }
    const [, name, equals] = /^--([\w-]+)(=.*)?$/s.exec(word) ?? []
    const takesValue = name === undefined ? undefined : mqFlags.get(name)
    if (word === '-h' || word === '--help') help = true
    else if (takesValue === undefined) throw unknown(row, word, options, mqFlags)
    else if (takesValue && equals === undefined) passed.push(...written(name!, next(queue, options, word)))
    else passed.push(word)
  }
  if (!help) checkRequired(row, values)
  return { values, passed, help }
}

/** `--name value`, or `--name=value` where the value could be taken for a flag. */
export const written = (name: string, value: string): string[] =>
  value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value]

const optionOf = (options: readonly Option[], word: string): { option?: Option; attached?: string } => {
  const [, name, , attached] = /^--?([^=]+)(=(.*))?$/s.exec(word) ?? []
  if (name === undefined) return {}
  const byLong = options.find(one => one.long === name)
  const byShort = word.startsWith('--') ? undefined : options.find(one => one.short === name)
  const option = byShort ?? byLong
  if (option !== undefined) return attached === undefined ? { option } : { option, attached }
  // `-tTopic`: only after one dash and a short name of one letter.
  const glued = options.find(one => one.takesValue && one.short === word[1])
  return glued !== undefined && /^-[^-]/.test(word) ? { option: glued, attached: word.slice(2) } : {}
}

const next = (queue: string[], options: readonly Option[], word: string): string => {
  const value = queue.shift()
  if (value !== undefined && !(value.startsWith('-') && optionOf(options, value).option !== undefined)) return value
  throw new MqError('MQ_USAGE', `${word} needs a value`)
}

const unknown = (row: MqadminRow, word: string, options: readonly Option[], mqFlags: MqFlags): MqError => {
  if (!word.startsWith('-')) return new MqError('MQ_USAGE', `${row.name} takes options only, and ${word} is none`)
  const meant = nearest(word.replace(/^-+/, ''), [...options.map(option => option.long), ...mqFlags.keys()])
  return new MqError('MQ_USAGE', `${row.name} has no option ${word}`, {
    suggestions: [
      ...(meant === undefined ? [] : [`did you mean --${meant}?`]),
      `\`mq mqadmin ${row.name} -h\` lists its options`
    ]
  })
}

const checkRequired = (row: MqadminRow, values: ReadonlyMap<string, string>): void => {
  const has = (option: Option): boolean => values.has(keyOf(option))
  const missing = row.options.filter(option => option.required === true && !has(option))
  if (missing.length > 0) {
    const names = missing.map(option => `${shown(option)} (${option.long})`).join(' and ')
    throw new MqError('MQ_USAGE', `${row.name} needs ${names}`)
  }
  const choice = row.options.filter(option => option.required === 'one' || row.oneOf.includes(keyOf(option)))
  const taken = choice.filter(has)
  const excluded = taken.length > 1 && row.oneOf.length === 0
  if (choice.length === 0 || (taken.length > 0 && !excluded)) return
  const names = choice.map(option => `${shown(option)} (${option.long})`).join(' or ')
  throw new MqError('MQ_USAGE', `${row.name} needs ${taken.length === 0 ? names : `only one of ${names}`}`)
}
