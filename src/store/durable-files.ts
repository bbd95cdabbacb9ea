/**
 * Plain files and directories that must survive a power cut: written whole, renamed, synced with their directory.
 */
import { type FileHandle, mkdir, open, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** How one open file is made durable; fdatasync unless a test says otherwise. */
export type SyncFile = (file: FileHandle, path: string) => Promise<void>

export const fdatasync: SyncFile = file => file.datasync()

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

export const isDiskFull = (error: unknown): boolean => {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ((at as NodeJS.ErrnoException).code === 'ENOSPC' || /No space left|ENOSPC|EDQUOT/i.test(at.message)) return true
  }
  return false
}

export const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    error => {
      if (isMissing(error)) return false
      throw error
    }
  )

/** Syncs one file or directory by name; false when it is gone meanwhile. */
export const syncPath = async (path: string, syncFile: SyncFile): Promise<boolean> => {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  try {
    await syncFile(file, path)
    return true
  } finally {
    await file.close()
  }
}

export const writeDurably = async (path: string, text: string, syncFile: SyncFile): Promise<void> => {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(text)
    await syncFile(file, draft)
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncPath(dirname(path), syncFile)
}

export const makeDir = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: 0o700 })
}

/** Names in a directory, sorted; none when it is not there. */
export const namesIn = async (dir: string): Promise<string[]> => {
  try {
    return (await readdir(dir)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Removes a flat directory file by file; `between` runs before each, so that the disk is never blocked for long. */
export const removeDir = async (dir: string, between: (path: string) => Promise<void>): Promise<void> => {
  for (const name of await namesIn(dir)) {
    const path = join(dir, name)
    await between(path)
    await unlink(path).catch(error => {
      if (!isMissing(error)) throw error
    })
  }
  await rmdir(dir).catch(error => {
    if (!isMissing(error)) throw error
  })
}
