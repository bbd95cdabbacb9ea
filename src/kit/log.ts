/**
 * Logs: JSON lines on stderr, the door of pino. A part is handed a `Logger`; only daemons make one.
 */
import { pino } from 'pino'

export type LogFields = Readonly<Record<string, unknown>>

export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LogSettings {
  readonly level: LogLevel
  /** Goes into each line, to tell processes apart: `namesrv`, `broker-a`. */
  readonly name: string
}

/** The process's logger; `setLevel` works at run time. */
export const processLogger = (settings: LogSettings): Logger & { setLevel(level: LogLevel): void } => {
  const destination = pino.destination({ dest: 2, sync: true })
  const log = pino({ level: settings.level, base: { name: settings.name, pid: process.pid } }, destination)
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    setLevel: level => {
      log.level = level
    }
  }
}
