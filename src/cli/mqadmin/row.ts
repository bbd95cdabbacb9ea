/**
 * How a sub-command of Apache's mqadmin is told in terms of `mq`: its options, and for each way of using it the `mq`
 * command with what every option becomes. The rows are in the files beside this one; all else derives from them.
 */

import { MqError } from '../../kit/errors.ts'

/** One option of mqadmin, as its usage shows it. */
export interface Option {
  /** `t` of `-t`; absent for the few that have only a long name. */
  readonly short?: string
  readonly long: string
  readonly takesValue: boolean
  /** `one` = exactly one of all options with this mark. */
  readonly required: boolean | 'one'
}

/** What an option becomes in the line of `mq`. */
export type Becomes =
  | { readonly kind: 'argument'; readonly convert: (value: string) => string }
  | { readonly kind: 'flag'; readonly flag: string; readonly convert: (value: string) => string }
  /** A broker's address, which `mq` knows by its name. */
  | { readonly kind: 'broker'; readonly flag: string | undefined }
  /** A cluster, for a command that is about one broker: one line of `mq` for each of its brokers. */
  | { readonly kind: 'brokers'; readonly flag: string }
  /** Words that depend on the value. Values of no row have no counterpart. */
  | { readonly kind: 'words'; readonly words: ReadonlyMap<string, readonly string[]> }
  /** Several values in one: each becomes a flag of its own. */
  | { readonly kind: 'split'; readonly flag: string; readonly split: (value: string) => readonly string[] }
  /** A file of Apache's that lists objects: one line of `mq` for each. */
  | { readonly kind: 'list'; readonly of: (item: Readonly<Record<string, unknown>>) => readonly string[] }
  /** Written by the form's `together`; shown as this in the documentation. */
  | { readonly kind: 'part'; readonly shown: string }
  /** mq does this anyway, or it does not matter to it. */
  | { readonly kind: 'implied'; readonly why: string }

export interface Form {
  /** Options, with a value where it matters, whose presence chooses this form; the first form that fits is taken. */
  readonly when: Readonly<Record<string, string | undefined>>
  /** Words after `mq`. */
  readonly mq: string
  /** Words that are always added. */
  readonly fixed: readonly string[]
  readonly becomes: Readonly<Record<string, Becomes>>
  /** Words that several options make together, out of the values of those that were given. */
  readonly together?: (value: (option: string) => string | undefined) => readonly string[]
}

export interface MqadminRow {
  readonly name: string
  readonly does: string
  readonly options: readonly Option[]
  /** Empty when `mq` has no command for it: `why` tells. */
  readonly forms: readonly Form[]
  /** Options that no form takes, each with a sentence; the values that ask for nothing are let through. */
  readonly not: Readonly<Record<string, { readonly why: string; readonly harmless: readonly string[] }>>
  /** Why there is no command, or what one should know. */
  readonly why?: string
  readonly note?: string
  /** Options of which mqadmin wants one, though its parser does not say so. */
  readonly oneOf: readonly string[]
}

/** Reads `-t topic! -r readQueueNums -l list~ -b brokerAddr? --attributes`: `!` required, `?` one of these, `~` no value. */
export const optionsOf = (text: string): Option[] =>
  [...text.matchAll(/-(-?)(\w+)(?: ([\w ]*\w))?([!?~]*)(?= -|$)/g)].map(([, dash, first, second, marks]) => ({
    ...(dash === '' ? { short: first! } : {}),
    long: dash === '' ? second! : first!,
    takesValue: !marks!.includes('~'),
    required: marks!.includes('!') ? true : marks!.includes('?') ? ('one' as const) : false
  }))

const asIs = (value: string): string => value

/** The main object of the command. */
export const argument: Becomes = { kind: 'argument', convert: asIs }
export const argumentAs = (convert: (value: string) => string): Becomes => ({ kind: 'argument', convert })
export const flag = (name: string, convert: (value: string) => string = asIs): Becomes => ({
  kind: 'flag',
  flag: name,
  convert
})
export const cluster = flag('cluster')
export const broker: Becomes = { kind: 'broker', flag: 'broker' }
export const eachBroker: Becomes = { kind: 'brokers', flag: 'broker' }
export const brokerArgument: Becomes = { kind: 'broker', flag: undefined }
export const words = (table: Readonly<Record<string, readonly string[]>>): Becomes => ({
  kind: 'words',
  words: new Map(Object.entries(table))
})
/** `true` adds the flag, `false` nothing. */
export const onTrue = (...added: string[]): Becomes => words({ true: added, false: [] })
/** `true` and `false` are a flag and its `no-` twin. */
export const yesNo = (name: string): Becomes => words({ true: [`--${name}`], false: [`--no-${name}`] })
/** For options without a value. */
export const given = (...added: string[]): Becomes => words({ '': added })
export const implied = (why: string): Becomes => ({ kind: 'implied', why })
/** `-c` of many commands is a cluster, or the topic whose route an LMQ has. */
export const routeOf = implied('the route of the topic itself is used')
export const part = (shown: string): Becomes => ({ kind: 'part', shown })

export const form = (
  mq: string,
  becomes: Readonly<Record<string, Becomes>> = {},
  more: Partial<Pick<Form, 'when' | 'fixed' | 'together'>> = {}
): Form => ({ mq, becomes, when: {}, fixed: [], ...more })

export const no = (why: string, ...harmless: string[]): MqadminRow['not'][string] => ({ why, harmless })

/** A row with a command. `every` holds options that become the same in all forms, `not` those without counterpart. */
export const row = (
  name: string,
  does: string,
  options: string,
  forms: Form | readonly Form[],
  more: {
    readonly not?: MqadminRow['not']
    readonly every?: Form['becomes']
    readonly note?: string
    readonly oneOf?: readonly string[]
  } = {}
): MqadminRow => ({
  name,
  does,
  options: optionsOf(options),
  forms: ('mq' in forms ? [forms] : forms).map(one => ({ ...one, becomes: { ...more.every, ...one.becomes } })),
  not: more.not ?? {},
  oneOf: more.oneOf ?? [],
  ...(more.note === undefined ? {} : { note: more.note })
})

/** A row without one. */
export const none = (name: string, does: string, options: string, why: string): MqadminRow => ({
  name,
  does,
  options: optionsOf(options),
  forms: [],
  not: {},
  oneOf: [],
  why
})

/** The name of an object of a file. Throws MQ_USAGE when it has none. */
export const nameIn = (item: Readonly<Record<string, unknown>>, key: string): string => {
  const name = item[key]
  if (typeof name === 'string' && name !== '') return name
  throw new MqError('MQ_USAGE', `an object of the file has no ${key}: ${JSON.stringify(item).slice(0, 200)}`)
}
