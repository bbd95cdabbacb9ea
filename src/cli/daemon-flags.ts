/** Flags of daemons: those that all share, and those that a table of options gives. */
import { Flags, type Interfaces } from '@oclif/core'
import type { OptionRow, OptionValue } from '../kit/options.ts'
import { durationFlag } from './flags.ts'

/** How a daemon runs, whatever it serves. */
export const runFlags = {
  detach: Flags.boolean({ description: 'run in the background; returns when it is ready', helpGroup: 'PROCESS' }),
  'ready-file': Flags.string({
    helpValue: 'FILE',
    helpGroup: 'PROCESS',
    description: 'write the addresses here, as JSON, when clients can connect'
  }),
  grace: durationFlag({
    default: 30_000,
    defaultHelp: async () => '30s',
    helpGroup: 'PROCESS',
    description: 'time that a graceful stop may take'
  }),
  'log-format': Flags.option({ options: ['auto', 'json', 'text'] as const })({
    default: 'auto',
    helpGroup: 'PROCESS',
    description: 'how log lines look; auto = text on a terminal, else JSON'
  })
}

/** Where a daemon's files are, for `stop`, `status` and `logs`. */
export const dataDirFlag = {
  'data-dir': Flags.string({ env: 'MQ_DATA_DIR', helpValue: 'DIR', description: 'its data directory' })
}

export const stopFlags = {
  timeout: durationFlag({
    default: 30_000,
    defaultHelp: async () => '30s',
    description: 'how long to wait for the end'
  })
}

export const logsFlags = {
  num: Flags.integer({
    char: 'N',
    default: 50,
    min: 0,
    helpValue: 'NUM',
    description: 'how many lines to begin with'
  }),
  follow: Flags.boolean({ char: 'f', description: 'go on with what is added, until Ctrl-C' })
}

/** One flag for each row that names one. Values are checked where the rows are read, so that files and variables obey the same rules. */
export const optionFlags = (
  rows: readonly OptionRow[],
  chars: Readonly<Record<string, string>> = {}
): Interfaces.FlagInput => {
  const flags: Interfaces.FlagInput = {}
  for (const row of rows) {
    if (row.flag === undefined) continue
    const shown = row.default === '' ? '' : ` [default: ${row.default}]`
    const variable = row.env === undefined ? '' : ` [env: ${row.env}]`
    const char = chars[row.flag] as 'a' | undefined
    const common = {
      description: `${row.help}${row.type === 'bool' ? '' : shown}${variable}`,
      helpGroup: row.group.toUpperCase(),
      ...(char === undefined ? {} : { char })
    }
    flags[row.flag] =
      row.type === 'bool' ? Flags.boolean(common) : Flags.string({ ...common, helpValue: helpValue(row) })
  }
  return flags
}

const helpValue = (row: OptionRow): string => (row.type === 'text' ? 'TEXT' : 'NUM')

/** What was given for the rows' flags, by flag name; the rows read it further. */
export const givenOptions = (
  rows: readonly OptionRow[],
  flags: Readonly<Record<string, unknown>>
): Record<string, OptionValue> => {
  const given: Record<string, OptionValue> = {}
  for (const { flag } of rows) {
    const value = flag === undefined ? undefined : flags[flag]
    if (flag !== undefined && (typeof value === 'string' || typeof value === 'boolean')) given[flag] = value
  }
  return given
}

export interface RunFlags {
  readonly detach: boolean
  readonly 'ready-file'?: string | undefined
  readonly grace: number
  readonly 'log-format': 'auto' | 'json' | 'text'
}

/** Time that a detached start may take; a large store recovers first. Milliseconds. */
const startMs = 120_000

export const serveOptions = (flags: RunFlags, version: string) => ({
  detach: flags.detach,
  readyFile: flags['ready-file'],
  graceMs: flags.grace,
  logFormat: flags['log-format'],
  startMs,
  version
})

/** A broker is found by its directory, or by its name where it is in the usual place. */
export const brokerDirFlags = {
  ...dataDirFlag,
  name: Flags.string({ env: 'MQ_BROKER_NAME', default: 'broker-a', helpValue: 'NAME', description: 'its name' })
}
