/** Ctrl-C for commands that run until they are told to stop: the first lets them end properly, the second at once. */
import { exitCodes } from './exit-codes.ts'

export interface Interrupts {
  readonly signal: AbortSignal
  /** Ends the work without an interrupt. */
  end(): void
  /** What to exit with: 0, or the signal's code. */
  readonly exitCode: number
}

export const onInterrupt = (): Interrupts => {
  const controller = new AbortController()
  let exitCode: number = exitCodes.done
  const stop = (code: number) => (): void => {
    if (exitCode !== exitCodes.done) process.exit(code)
    exitCode = code
    controller.abort()
  }
  process.on('SIGINT', stop(exitCodes.interrupted))
  process.on('SIGTERM', stop(exitCodes.terminated))
  return {
    signal: controller.signal,
    end: () => controller.abort(),
    get exitCode() {
      return exitCode
    }
  }
}
