/** Flags that several commands share: each has one name, one letter and one meaning everywhere. */
import { Flags } from '@oclif/core'
import { MqError } from '../kit/errors.ts'

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Reads `500ms`, `5s`, `2m`, or bare seconds. In milliseconds; throws MQ_USAGE. */
export const parseDuration = (text: string): number => {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(text)
  if (match === null) throw new MqError('MQ_USAGE', `${JSON.stringify(text)} is no duration, as 500ms, 5s or 2m are`)
  return Math.round(Number(match[1]) * unitsMs[match[2] ?? 's']!)
}

/** A flag that takes a duration; its value is in milliseconds. */
export const durationFlag = Flags.custom<number>({
  helpValue: 'DURATION',
  parse: async text => parseDuration(text)
})

export interface ConnectionFlags {
  readonly api?: string | undefined
  readonly namesrv?: string | undefined
  readonly context?: string | undefined
  /** Milliseconds for one request. */
  readonly timeout: number
}

/** How a command reaches its cluster; src/cli/reach.ts says which of them counts. */
export const connectionFlags = {
  context: Flags.string({
    helpValue: 'NAME',
    helpGroup: 'CONNECTION',
    description: 'use this context [env: MQ_CONTEXT]'
  }),
  api: Flags.string({
    helpValue: 'URL',
    helpGroup: 'CONNECTION',
    description: 'HTTP admin API of the cluster [env: MQ_API] [default: http://127.0.0.1:10910]'
  }),
  namesrv: Flags.string({
    char: 'n',
    helpValue: 'HOST:PORT[;…]',
    helpGroup: 'CONNECTION',
    description: 'NameServers of the cluster [env: NAMESRV_ADDR]'
  }),
  timeout: durationFlag({
    env: 'MQ_TIMEOUT',
    default: 5000,
    defaultHelp: async () => '5s',
    helpGroup: 'CONNECTION',
    description: 'time for one request'
  })
}

/** What every command has. */
export const globalFlags = {
  output: Flags.string({
    char: 'o',
    helpValue: 'FORMAT',
    helpGroup: 'GLOBAL',
    description: "table, wide, json, yaml, csv, name, or template='{{field}} …'"
  }),
  columns: Flags.string({ helpValue: 'A,B', helpGroup: 'GLOBAL', description: 'only these columns or fields' }),
  sort: Flags.string({ helpValue: 'FIELD', helpGroup: 'GLOBAL', description: 'order by it; -FIELD: downwards' }),
  'no-header': Flags.boolean({ helpGroup: 'GLOBAL', description: 'no line of titles' }),
  quiet: Flags.boolean({ char: 'q', helpGroup: 'GLOBAL', description: 'only results: no notes, no warnings' }),
  verbose: Flags.boolean({ char: 'v', helpGroup: 'GLOBAL', description: 'tell which cluster was asked, and how' }),
  debug: Flags.boolean({ helpGroup: 'GLOBAL', description: 'print the stack of an error' }),
  'no-color': Flags.boolean({ helpGroup: 'GLOBAL', description: 'no colours' }),
  'no-input': Flags.boolean({ helpGroup: 'GLOBAL', description: 'never ask; fail instead' })
}

/** Where an act is done, when not on all brokers of the only cluster. */
export const targetFlags = {
  cluster: Flags.string({ description: 'cluster to act on; needed only when there are several', helpValue: 'NAME' }),
  broker: Flags.string({
    description: 'only on this broker, by name; may be repeated',
    multiple: true,
    helpValue: 'NAME'
  })
}

/** The one broker that is meant. */
export const brokerFlags = {
  broker: Flags.string({ helpValue: 'NAME', description: 'the broker, by name; needed only when there are several' })
}

/** For commands that write JSON lines while they run. */
export const streamFlags = {
  json: Flags.boolean({ description: 'one JSON object a line', helpGroup: 'GLOBAL' })
}

/** For every command that changes something. */
export const changeFlags = {
  'dry-run': Flags.boolean({ default: false, description: 'tell what would be done, and change nothing' })
}

/** For commands that destroy: a person confirms, a script says so. */
export const confirmFlags = {
  yes: Flags.boolean({ char: 'y', description: 'do not ask' }),
  confirm: Flags.string({ helpValue: 'NAME', description: 'do not ask; the name must match' })
}
