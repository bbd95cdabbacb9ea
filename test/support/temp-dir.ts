/** Directories of a test, gone when it has ended. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempDir {
  readonly path: string
  remove(): void
}

export const tempDir = (): TempDir => {
  const path = mkdtempSync(join(tmpdir(), 'mq-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
