/**
 * Opens a store's directory: takes the lock, checks that nothing of it is missing, recovers the log, and hands back the parts.
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import { Checkpoint } from './checkpoint.ts'
import { TailBudget } from './consume-queue.ts'
import { Database, type DatabaseOptions } from './database.ts'
import { dropBallast } from './disk-guard.ts'
import { exists, fdatasync, isDiskFull, makeDir, namesIn, syncPath, writeDurably } from './durable-files.ts'
import { KeyIndex } from './key-index.ts'
import { Limiter } from './limiter.ts'
import { LogReader } from './log-reader.ts'
import { MetaStore } from './meta.ts'
import { type StoreSettings, segmentBytesMax } from './options.ts'
import { QueueFlush } from './queue-flush.ts'
import { QueueReader } from './queue-reader.ts'
import { QueueStarts } from './queue-starts.ts'
import { type Generation, QueueTable } from './queue-table.ts'
import { type RecoveredEnd, Recovery } from './recovery.ts'
import { Segments } from './segments.ts'
import { SlabRing } from './slab.ts'
import { turn } from './turn.ts'
import { checkWriteAheadLogs } from './wal-check.ts'

const format = 1
const segmentBytesMin = 4096

/** What a store is given from outside. */
export interface StoreTools {
  readonly clock: Clock
  readonly log: Logger
}

export interface StoreParts {
  readonly settings: StoreSettings
  readonly segmentBytes: number
  readonly limiter: Limiter
  readonly meta: MetaStore
  readonly checkpoint: Checkpoint
  readonly segments: Segments
  readonly table: QueueTable
  readonly starts: QueueStarts
  readonly index: KeyIndex
  readonly queueFlush: QueueFlush
  readonly ring: SlabRing
  readonly logReader: LogReader
  readonly queueReader: QueueReader
  readonly end: RecoveredEnd
}

interface Marker {
  readonly format: number
  readonly segmentBytes: number
}

/** A file outside of LevelDB that says: here is a store, so nothing of it may be made anew. */
const readMarker = async (path: string): Promise<Marker | undefined> => {
  if (!(await exists(path))) return undefined
  try {
    const marker = JSON.parse(await readFile(path, 'utf8')) as Partial<Marker>
    if (typeof marker.format !== 'number' || typeof marker.segmentBytes !== 'number')
      throw new Error('fields are missing')
    if (marker.format > format) {
      const text = `the store was written by a newer version (format ${marker.format}, this one knows ${format})`
      throw new MqError('MQ_STORE_FORMAT', text, { suggestions: ['install the version that wrote it, or a newer one'] })
    }
    return { format: marker.format, segmentBytes: marker.segmentBytes }
  } catch (error) {
    if (error instanceof MqError) throw error
    throw new MqError('MQ_STORE_CORRUPT', `the store's marker ${path} cannot be read: ${errorText(error)}`)
  }
}

const checkSettings = (settings: StoreSettings): void => {
  const bytes = settings.mappedFileSizeCommitLog
  if (!Number.isSafeInteger(bytes) || bytes < segmentBytesMin || bytes > segmentBytesMax) {
    const text = `mappedFileSizeCommitLog is ${bytes}, and must be from ${segmentBytesMin} to ${segmentBytesMax} bytes`
    throw new MqError('MQ_CONFIG_INVALID', text)
  }
  if (settings.storeHost.length !== 8 && settings.storeHost.length !== 20) {
    throw new MqError('MQ_CONFIG_INVALID', 'storeHost must be an address of 4 or 16 bytes and a port of 4')
  }
}

const openParts = async (settings: StoreSettings, tools: StoreTools): Promise<StoreParts> => {
  const { log } = tools
  checkSettings(settings)
  const { dir, seams } = settings
  await makeDir(dir)
  const marker = await readMarker(join(dir, 'store.json'))
  const limiter = new Limiter(settings.poolJobsMax, tools.clock)
  const location = join(dir, 'meta')
  if (marker === undefined) await makeDir(location)
  const database = await openMeta(location, {
    createIfMissing: marker === undefined,
    errorIfExists: false,
    writeBufferBytes: Math.min(4 * 1024 * 1024, settings.writeBufferBytes),
    compression: false,
    limiter,
    seams
  })
  let checkpoint: Checkpoint | undefined
  let segments: Segments | undefined
  try {
    checkpoint = await Checkpoint.open(join(dir, 'checkpoint'), seams.syncFile ?? fdatasync)
    const meta = await MetaStore.open(database, checkpoint.values?.metaSequence ?? 0)
    const segmentBytes = await segmentBytesOf(settings, marker, meta, log)
    segments = new Segments(settings, segmentBytes, meta, limiter, tools)
    return await openWith(settings, { limiter, meta, checkpoint, segments, hasMarker: marker !== undefined })
  } catch (error) {
    await segments?.close().catch(() => {})
    await checkpoint?.close().catch(() => {})
    await database.close().catch(() => {})
    throw error
  }
}

/** The size that the store was made with; a new store notes it before anything else. */
const segmentBytesOf = async (
  settings: StoreSettings,
  marker: Marker | undefined,
  meta: MetaStore,
  log: Logger
): Promise<number> => {
  const wanted = settings.mappedFileSizeCommitLog
  if (meta.isNew) {
    const segments = await namesIn(join(settings.dir, 'commitlog'))
    if (marker !== undefined || segments.length > 0) {
      const text = `the meta database in ${settings.dir} is empty, although the store has been in use`
      throw new MqError('MQ_STORE_CORRUPT', text)
    }
    await meta.change([{ table: 'store', key: 'segmentBytes', value: String(wanted) }])
    return wanted
  }
  const bytes = Number((await meta.row('store', 'segmentBytes'))?.toString('utf8'))
  if (
    !Number.isSafeInteger(bytes) ||
    bytes < segmentBytesMin ||
    (marker !== undefined && marker.segmentBytes !== bytes)
  ) {
    throw new MqError(
      'MQ_STORE_CORRUPT',
      `marker and meta of the store in ${settings.dir} name different segment sizes`
    )
  }
  if (bytes !== wanted) log.warn({ bytes, wanted }, 'mappedFileSizeCommitLog stays as it was when the store was made')
  return bytes
}

/** The lock of this database is the store's. */
const openMeta = async (location: string, options: DatabaseOptions): Promise<Database> => {
  try {
    await checkWriteAheadLogs(location, turn)
    const database = await Database.open(location, options)
    // A new database is only there for good when its directory is.
    await syncPath(location, options.seams.syncFile ?? fdatasync)
    return database
  } catch (error) {
    if (!(error instanceof MqError) || error.code !== 'MQ_STORE_LOCKED') throw error
    const text = `the store in ${dirname(location)} is in use by another process, and a store has only one owner`
    throw new MqError('MQ_STORE_LOCKED', text, { cause: error })
  }
}

interface Opened {
  readonly limiter: Limiter
  readonly meta: MetaStore
  readonly checkpoint: Checkpoint
  readonly segments: Segments
  readonly hasMarker: boolean
}

const openWith = async (settings: StoreSettings, opened: Opened): Promise<StoreParts> => {
  const { meta, segments, checkpoint } = opened
  const table = new QueueTable(new TailBudget(settings.tailBytesMax))
  for (const [topic, row] of await meta.raw('generation')) {
    table.generations.set(topic, JSON.parse(row.toString('utf8')) as Generation)
  }
  await segments.load()
  if (segments.list.length === 0) {
    const start = Number((await meta.row('store', 'minOffset'))?.toString('utf8') ?? 0)
    if (start === 0 && checkpoint.values !== undefined && checkpoint.values.logEnd > 0) {
      throw new MqError('MQ_STORE_CORRUPT', `all segments of the commit log in ${settings.dir} are missing`)
    }
    await segments.create(start)
  }
  const starts = new QueueStarts(table, segments, meta)
  const index = new KeyIndex(settings)
  const queueFlush = new QueueFlush()
  const promised = checkpoint.values
  const end = await new Recovery({ settings, segments, table, starts, index, queueFlush, promised }).run()
  await segments.use(segments.at(end.position)!, async () => {})
  if (!opened.hasMarker) {
    const marker: Marker = { format, segmentBytes: segments.segmentBytes }
    await writeDurably(join(settings.dir, 'store.json'), JSON.stringify(marker), settings.seams.syncFile ?? fdatasync)
  }
  await settings.seams.at?.('recovered')
  const ring = new SlabRing(settings.slabBytes, settings.recentBytesMax)
  const logReader = new LogReader(segments, opened.limiter, settings.cacheBytesMax)
  const cacheBytesMax = settings.cacheBytesMax / 4
  const queueReader = new QueueReader({ segments, starts, ring, logReader, cacheBytesMax })
  const { segmentBytes } = segments
  return { settings, segmentBytes, ...opened, table, starts, index, queueFlush, ring, logReader, queueReader, end }
}

/** A full disk does not let LevelDB open, for it writes tables then: that is what the ballast is for. */
export const openWithBallast = async (settings: StoreSettings, tools: StoreTools): Promise<StoreParts> => {
  try {
    return await openParts(settings, tools)
  } catch (error) {
    if (!isDiskFull(error)) throw error
    tools.log.warn({ dir: settings.dir }, 'the disk is full; the ballast file is given up to open the store')
    await dropBallast(settings.dir)
    try {
      return await openParts(settings, tools)
    } catch (again) {
      if (!isDiskFull(again)) throw again
      throw new MqError('MQ_DISK_FULL', `the disk of ${settings.dir} is full, and the store cannot be opened`, {
        cause: again
      })
    }
  }
}
