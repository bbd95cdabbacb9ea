/** Output of commands that stream: waits while the reader is slow, so that memory stays bounded. */
import { once } from 'node:events'

/** Writes to stdout and resolves when more may be written. */
export const writeOut = async (bytes: Buffer | string): Promise<void> => {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain')
}

export const writeJsonLine = (value: unknown): Promise<void> => writeOut(`${JSON.stringify(value)}\n`)

/** Resolves when the system has taken the bytes; rejects when the reader has gone. For what is acknowledged afterwards. */
export const writeThrough = (bytes: Buffer | string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(bytes, error => (error == null ? resolve() : reject(error)))
  })

/** Whether it is the reader's end of the pipe that was closed: no failure of ours. */
export const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && ['EPIPE', 'ERR_STREAM_DESTROYED'].includes((error as NodeJS.ErrnoException).code ?? '')
