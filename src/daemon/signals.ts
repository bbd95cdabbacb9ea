/**
 * How a daemon ends: the first SIGTERM or SIGINT asks it to stop, the second ends it at once (the store survives that).
 * An error that nobody caught means that memory may be wrong, so the process logs it and ends rather than serve on.
 */
import { errorText } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Calls `stop` on the first signal. Returns a function that removes the handlers. */
export const onSignals = (stop: (signal: string) => void): (() => void) => {
  let asked = false
  const handler = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(exitCodes[signal as keyof typeof exitCodes])
    asked = true
    stop(signal)
  }
  // A daemon that was started from a terminal outlives it only when detached, where SIGHUP does not come.
  const names = Object.keys(exitCodes) as NodeJS.Signals[]
  for (const name of names) process.on(name, handler)
  return () => {
    for (const name of names) process.off(name, handler)
  }
}

/** Logs and ends the process with 1 when an error reaches the top. */
export const failStop = (log: Logger): void => {
  const end = (what: string) => (error: unknown) => {
    const stack = error instanceof Error ? error.stack : undefined
    log.error({ error: errorText(error), stack }, `${what}: stopping at once, since memory may be wrong`)
    process.exit(1)
  }
  process.on('uncaughtException', end('an error that nobody caught'))
  process.on('unhandledRejection', end('a rejection that nobody caught'))
}
