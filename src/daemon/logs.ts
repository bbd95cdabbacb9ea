/** `logs`: the end of a detached daemon's log, and what is added to it afterwards. */
import { createReadStream, existsSync, statSync, unwatchFile, watchFile } from 'node:fs'
import { open } from 'node:fs/promises'
import { MqError } from '../kit/errors.ts'
import type { DaemonFiles } from './data-dirs.ts'

const windowBytes = 1024 * 1024

/** The last lines of the log, each with its line break. Throws MQ_NOT_FOUND when there is no log. */
export const lastLines = async (files: DaemonFiles, count: number): Promise<string> => {
  if (!existsSync(files.log)) {
    throw new MqError('MQ_NOT_FOUND', `there is no log ${files.log}`, {
      suggestions: ['only a daemon that was started with --detach keeps one; others log to their terminal']
    })
  }
  const file = await open(files.log)
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - windowBytes)
    const bytes = Buffer.alloc(size - start)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
    const lines = bytes
      .subarray(0, bytesRead)
      .toString('utf8')
      .split(/(?<=\n)/)
    return count === 0 ? '' : lines.slice(-count).join('')
  } finally {
    await file.close()
  }
}

/** What is appended from now on; ends when the returned iterator is closed. */
export async function* followLog(files: DaemonFiles): AsyncGenerator<Buffer> {
  let at = statSync(files.log).size
  let wake: () => void = () => {}
  const listener = (): void => wake()
  watchFile(files.log, { interval: 250 }, listener)
  try {
    for (;;) {
      const { size } = statSync(files.log, { throwIfNoEntry: false }) ?? { size: 0 }
      if (size < at) at = 0
      if (size > at) {
        for await (const part of createReadStream(files.log, { start: at, end: size - 1 })) {
          at += (part as Buffer).length
          yield part as Buffer
        }
      } else {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    }
  } finally {
    unwatchFile(files.log, listener)
  }
}
