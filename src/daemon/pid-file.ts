/** Files by which scripts find a daemon: its pid, and the ready file with its addresses. Both are written in one step. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { errorText, MqError } from '../kit/errors.ts'

/** A reader never sees half a file. Throws MQ_CONFIG_INVALID when the place cannot be written. */
export const writeWhole = (path: string, text: string): void => {
  const draft = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(draft, text, { mode: 0o644 })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new MqError('MQ_CONFIG_INVALID', `${path} cannot be written: ${errorText(error)}`, { cause: error })
  }
}

export const writePidFile = (path: string): void => writeWhole(path, `${process.pid}\n`)

/** What a ready file says: addresses as `host:port`, `http` as a URL. */
export interface ReadyFile {
  readonly pid: number
  readonly kind: string
  readonly version: string
  readonly dataDir: string
  readonly namesrv?: string
  readonly broker?: string
  readonly http?: string
}

export const writeReadyFile = (path: string, ready: ReadyFile): void =>
  writeWhole(path, `${JSON.stringify(ready, undefined, 2)}\n`)

export const removeFile = (path: string | undefined): void => {
  if (path !== undefined) rmSync(path, { force: true })
}
