/** How many files this process may open, as far as that can be told. */
import { readFile } from 'node:fs/promises'

/** Undefined where there is no /proc. */
export const openFilesMax = async (): Promise<number | undefined> => {
  const limits = await readFile('/proc/self/limits', 'latin1').catch(() => '')
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
  return soft === undefined ? undefined : Number(soft)
}
