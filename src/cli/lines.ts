/** Output of commands that stream: waits while the reader is slow, so that memory stays bounded. */
import { once } from 'node:events'

/** Writes to stdout and resolves when more may be written. */
export const writeOut = async (bytes: Buffer | string): Promise<void> => {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain')
}

export const writeJsonLine = (value: unknown): Promise<void> => writeOut(`${JSON.stringify(value)}\n`)
