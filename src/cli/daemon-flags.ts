/** Flags of daemons: those that all share, and those that a table of options gives. */
import { Flags, type Interfaces } from '@oclif/core'
import type { OptionRow } from '../kit/options.ts'
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
  lines: Flags.integer({
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
