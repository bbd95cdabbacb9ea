/**
 * Turns the arguments of a mqadmin sub-command into the words of the `mq` command that does the same. What has no
 * counterpart is refused: nothing is left out in silence.
 */
import { readFileSync } from 'node:fs'
import { MqError } from '../../kit/errors.ts'
import { type Arguments, keyOf, written } from './arguments.ts'
import type { Becomes, Form, MqadminRow, Option } from './row.ts'

/** What the translation has to ask for. */
export interface Around {
  /** The name of the broker at an address. Rejects with MQ_NOT_FOUND. */
  brokerAt(address: string): Promise<string>
  /** The names of the brokers of a cluster. Rejects with MQ_NOT_FOUND. */
  brokersOf(cluster: string): Promise<readonly string[]>
}

export interface MqLine {
  /** `topic create` */
  readonly command: string
  readonly args: readonly string[]
}

/** The lines of `mq`, most often one. Throws MQ_NOT_SUPPORTED for a command without counterpart, MQ_USAGE for an option. */
export const translate = async (row: MqadminRow, given: Arguments, around: Around): Promise<MqLine[]> => {
  const form = formOf(row, given)
  const positions: string[] = []
  const flags: string[] = [...form.fixed]
  let items: readonly (readonly string[])[] = [[]]
  let each: readonly string[][] = [[]]
  for (const option of row.options) {
    const value = given.values.get(keyOf(option))
    if (value === undefined) continue
    const becomes = form.becomes[keyOf(option)]
    if (becomes === undefined) refuse(row, form, option, value)
    else if (becomes.kind === 'list') items = itemsOf(value).map(becomes.of)
    else if (becomes.kind === 'brokers') {
      each = (await around.brokersOf(value)).map(name => written(becomes.flag, name))
    } else {
      const made = await madeOf(option, becomes, value, around)
      positions.push(...made.positions)
      flags.push(...made.flags)
    }
  }
  flags.push(...(form.together?.(option => given.values.get(option)) ?? []), ...given.passed)
  return items.flatMap(([first, ...own]) =>
    each.map(more => {
      const all = first === undefined ? positions : [first, ...positions]
      return { command: form.mq, args: line(all, [...own, ...flags, ...more]) }
    })
  )
}

/** The way of using a row that the options choose. Throws MQ_NOT_SUPPORTED when there is none, MQ_USAGE when none is chosen. */
export const formOf = (row: MqadminRow, given: Arguments): Form => {
  const form = row.forms.find(one => fits(one, given.values))
  if (form === undefined) throw noForm(row)
  return form
}

const fits = (form: Form, values: ReadonlyMap<string, string>): boolean =>
  Object.entries(form.when).every(([option, value]) => {
    const has = values.get(option)
    return has !== undefined && (value === undefined || value === has.toLowerCase())
  })

/** What a command takes by position comes first, unless it could be taken for flags. */
const line = (positions: readonly string[], flags: readonly string[]): string[] =>
  positions.some(word => word.startsWith('-')) ? [...flags, '--', ...positions] : [...positions, ...flags]

const itemsOf = (path: string): Record<string, unknown>[] => {
  let found: unknown
  try {
    found = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new MqError('MQ_USAGE', `${path} cannot be read as JSON: ${(cause as Error).message}`, { cause })
  }
  if (Array.isArray(found) && found.length > 0 && found.every(one => typeof one === 'object' && one !== null)) {
    return found as Record<string, unknown>[]
  }
  throw new MqError('MQ_USAGE', `${path} holds no list of objects`)
}

interface Made {
  readonly positions: readonly string[]
  readonly flags: readonly string[]
}

const made = (flags: readonly string[], positions: readonly string[] = []): Made => ({ flags, positions })

const madeOf = async (
  option: Option,
  becomes: Exclude<Becomes, { kind: 'list' | 'brokers' }>,
  value: string,
  around: Around
): Promise<Made> => {
  switch (becomes.kind) {
    case 'argument':
      return made([], [becomes.convert(value)])
    case 'flag':
      return made(written(becomes.flag, becomes.convert(value)))
    case 'broker': {
      const name = value.includes(':') ? await around.brokerAt(value) : value
      return becomes.flag === undefined ? made([], [name]) : made(written(becomes.flag, name))
    }
    case 'split':
      return made(becomes.split(value).flatMap(one => written(becomes.flag, one)))
    case 'words': {
      const words = becomes.words.get(value.trim().toLowerCase())
      if (words !== undefined) return made(words)
      const known = [...becomes.words.keys()].join(' or ')
      throw new MqError('MQ_USAGE', `-${keyOf(option)} (${option.long}) is ${known}, not ${value}`)
    }
    default:
      return made([])
  }
}

const refuse = (row: MqadminRow, form: Form, option: Option, value: string): void => {
  const not = row.not[keyOf(option)]
  if (not?.harmless.includes(value)) return
  const name = option.short === undefined ? `--${option.long}` : `-${option.short} (${option.long})`
  const why = not?.why ?? `\`mq ${form.mq}\` has no such flag`
  throw new MqError('MQ_USAGE', `${row.name} ${name} has no counterpart in mq: ${why}`)
}

const noForm = (row: MqadminRow): MqError => {
  if (row.forms.length === 0) return new MqError('MQ_NOT_SUPPORTED', `mq has no counterpart of ${row.name}: ${row.why}`)
  const ways = row.forms
    .map(form =>
      Object.entries(form.when)
        .map(([option, value]) => `-${option}${value === undefined ? '' : ` ${value}`}`)
        .join(' ')
    )
    .join(' or ')
  return new MqError('MQ_USAGE', `${row.name} needs ${ways}`)
}

/** A line as a shell would take it. */
export const shellLine = ({ command, args }: MqLine): string =>
  [
    'mq',
    command,
    ...args.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
  ].join(' ')
