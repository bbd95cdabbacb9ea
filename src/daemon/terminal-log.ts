/** Log lines for a person at a terminal: `13:45:02 warn  message  key=value`. Daemons off a terminal log JSON lines instead. */
import type { Clock } from '../kit/clock.ts'
import { type LogFields, type Logger, type LogLevel, logLevels } from '../kit/log.ts'

const colors: Readonly<Record<string, string>> = { debug: '90', info: '36', warn: '33', error: '31' }

export interface TerminalLogSettings {
  readonly level: LogLevel
  readonly color: boolean
  readonly write: (line: string) => void
}

/** A logger whose level may be changed at run time. */
export interface LevelLogger extends Logger {
  setLevel(level: LogLevel): void
}

export const terminalLogger = (settings: TerminalLogSettings, clock: Clock): LevelLogger => {
  let least = logLevels.indexOf(settings.level)
  const line = (level: Exclude<LogLevel, 'silent'>) => (fields: LogFields, message: string) => {
    if (logLevels.indexOf(level) < least) return
    const time = new Date(clock.now()).toTimeString().slice(0, 8)
    const label = level.padEnd(5)
    const shown = settings.color ? `\u001b[${colors[level]}m${label}\u001b[39m` : label
    settings.write(`${time} ${shown} ${message}${fieldsText(fields)}\n`)
  }
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    setLevel: level => {
      least = logLevels.indexOf(level)
    }
  }
}

const fieldsText = (fields: LogFields): string => {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${name === 'stack' ? `\n${value}` : valueText(value)}`)
  return parts.length === 0 ? '' : `  ${parts.join(' ')}`
}

const valueText = (value: unknown): string => {
  if (typeof value === 'string') return /^[\w./:%@+-]*$/.test(value) ? value : JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
