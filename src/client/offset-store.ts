/**
 * Where a group keeps its offsets: at the brokers, or in a file of this host for broadcast, where each client reads
 * everything for itself. Java: RemoteBrokerOffsetStore, LocalFileOffsetStore.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorText, MqError } from '../kit/errors.ts'
import { queueKey } from './membership.ts'
import { commitOffset, committedOffset } from './queue-offsets.ts'
import type { QueuePlace } from './routes.ts'
import type { Session } from './session.ts'

export interface OffsetStore {
  /** Undefined when there is none yet. */
  read(place: QueuePlace): Promise<number | undefined>
  /** Resolves when all are kept. */
  write(offsets: readonly (readonly [QueuePlace, number])[]): Promise<void>
}

export const remoteOffsets = (session: Session, group: string): OffsetStore => ({
  read: place => committedOffset(session, place, group),
  async write(offsets) {
    const results = await Promise.allSettled(
      offsets.map(([place, offset]) => commitOffset(session, place, group, offset))
    )
    const failed = results.find(result => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
})

/**
 * Offsets in a file. Each write makes a new file, synced and then renamed over the old one, so a crash leaves the old or
 * the new one. Rejects with MQ_CONFIG_INVALID when there is a file that is none of these.
 */
export const localOffsets = async (path: string): Promise<OffsetStore> => {
  const offsets = await readOffsets(path)
  let writing: Promise<void> = Promise.resolve()
  return {
    read: async place => offsets.get(queueKey(place)),
    write(changed) {
      for (const [place, offset] of changed) offsets.set(queueKey(place), offset)
      writing = writing.catch(() => {}).then(() => replace(path, JSON.stringify({ offsets: [...offsets] })))
      return writing
    }
  }
}

const readOffsets = async (path: string): Promise<Map<string, number>> => {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw broken(path, error)
  }
  try {
    const { offsets } = JSON.parse(text) as { offsets: [string, number][] }
    const isRight = offsets.every(([key, offset]) => typeof key === 'string' && Number.isSafeInteger(offset))
    if (!isRight) throw new Error('it holds other things than offsets')
    return new Map(offsets)
  } catch (error) {
    throw broken(path, error)
  }
}

const replace = async (path: string, text: string): Promise<void> => {
  const next = `${path}.next`
  await mkdir(dirname(path), { recursive: true })
  try {
    const file = await open(next, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
}

const broken = (path: string, error: unknown): MqError =>
  new MqError('MQ_CONFIG_INVALID', `the file of offsets ${path} cannot be read: ${errorText(error)}`, { cause: error })
