/** Waits for the ready file of `mq dev`. */
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Running } from '../test/interop/apache/processes.ts'

export const untilReady = async (file: string, daemon: Running, timeoutMs = 20_000): Promise<void> => {
  const deadline = performance.now() + timeoutMs
  let ended: string | undefined
  void daemon.ended.then(how => {
    ended = how
  })
  while (!existsSync(file)) {
    if (ended !== undefined || performance.now() > deadline) {
      throw new Error(
        `mq dev is not ready: ${ended ?? `${timeoutMs} ms are over`}\n${readFileSync(daemon.logFile, 'utf8').slice(-2_000)}`
      )
    }
    await pause(20)
  }
}
