/** A small file that is replaced as a whole: after a crash it holds the old text or the new one, never a mixture. */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'

/** The text, or undefined when there is no such file. Rejects with MQ_CONFIG_INVALID when it cannot be read. */
export const readDurably = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new MqError('MQ_CONFIG_INVALID', `${path} cannot be read: ${errorText(error)}`, { cause: error })
  }
}

/** Resolves when the text would survive a power cut. Rejects with MQ_STORE_UNAVAILABLE. One writer a path at a time. */
export const writeDurably = async (path: string, text: string): Promise<void> => {
  const beside = `${path}.new`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await synced(beside, 'w', async file => void (await file.writeFile(text)))
    await rename(beside, path)
    await synced(dirname(path), 'r', async () => {})
  } catch (error) {
    throw new MqError('MQ_STORE_UNAVAILABLE', `${path} cannot be written: ${errorText(error)}`, { cause: error })
  }
}

type File = Awaited<ReturnType<typeof open>>

const synced = async (path: string, mode: 'w' | 'r', use: (file: File) => Promise<void>): Promise<void> => {
  const file = await open(path, mode, 0o600)
  try {
    await use(file)
    await file.sync()
  } finally {
    await file.close()
  }
}
