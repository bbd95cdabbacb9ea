/**
 * What can be set on a store, with defaults. Names that Apache's broker.conf has are kept; sizes are bytes.
 */
import type { HotStoreSettings } from './contract.ts'
import type { StoreSeams } from './seams.ts'

export type FlushDiskType = 'ASYNC_FLUSH' | 'SYNC_FLUSH'

const MiB = 1024 * 1024

export interface StoreSettings {
  /** The store's directory; made when absent. */
  readonly dir: string
  /** This broker as stored messages show it: address of 4 or 16 bytes and the port in 4. */
  readonly storeHost: Buffer
  readonly flushDiskType: FlushDiskType
  /** Bytes of a log segment. Fixed when the store is made; a later value is ignored with a warning. At most 4 GiB - 1. */
  readonly mappedFileSizeCommitLog: number
  /** ASYNC_FLUSH: milliseconds between two barriers, that is what a power cut may cost. */
  readonly flushIntervalCommitLog: number
  /** SYNC_FLUSH: milliseconds until a send is answered FLUSH_DISK_TIMEOUT. */
  readonly syncFlushTimeout: number
  /** LevelDB's write buffer of a log segment; consume queues and index take half of it. */
  readonly writeBufferBytes: number
  /** Snappy for the commit log: less disk, 5-8 % less throughput. */
  readonly compression: boolean
  /** A buffer of the recent part of the log; allocated as load comes. */
  readonly slabBytes: number
  /** How much of the log's end is kept in memory for reads. */
  readonly recentBytesMax: number
  /** How much memory the tails of consume queues may take beyond what is not yet on disk. */
  readonly tailBytesMax: number
  /** Chunks and blocks read from disk. */
  readonly cacheBytesMax: number
  /** Appends beyond this many bytes that wait for the disk are refused with MQ_TOO_BUSY. */
  readonly pendingBytesMax: number
  /** A group commit takes at most this much. */
  readonly groupBytesMax: number
  /** Body and properties of one message. */
  readonly messageBytesMax: number
  /** Consume queues and index reach the disk this often, milliseconds. */
  readonly derivedFlushMs: number
  /** Log bytes that one run of the key index covers. */
  readonly indexRunBytes: number
  readonly messageIndexEnable: boolean
  /** Hours that a segment is kept after its last message. */
  readonly fileReservedTime: number
  /** Hours of the day (local time) at which expired segments go, `;` between them. */
  readonly deleteWhen: string
  /** Percent used: above it expired segments go at any hour. */
  readonly diskMaxUsedSpaceRatio: number
  /** Percent used: above it the oldest segments go although not expired, if cleanFileForciblyEnable. */
  readonly diskSpaceCleanForciblyRatio: number
  readonly cleanFileForciblyEnable: boolean
  /** Percent used: above it appends are refused. */
  readonly diskSpaceWarningLevelRatio: number
  /** Free bytes below which appends are refused. */
  readonly diskSpaceFreeBytesMin: number
  /** A file that is given up so that a full disk can still be opened; 0 = none. */
  readonly ballastBytes: number
  /** Milliseconds between two looks at the disk. */
  readonly diskCheckMs: number
  /** Milliseconds between two looks for segments past their time. Java: cleanResourceInterval. */
  readonly cleanResourceInterval: number
  /** Milliseconds between two files that retention removes. */
  readonly unlinkPauseMs: number
  /** Memory that sealed segments may take which are held open; see `openSegmentsMax`. */
  readonly openSegmentsBytesMax: number
  /** How fast old data is re-read to find rot; 0 = never. */
  readonly scrubBytesPerSecond: number
  /**
   * Jobs of the thread pool that reads and fsyncs may take at once. A commit needs a thread that is free, and a turn of the
   * event loop that is short: two reads at once still bring well over 100 MiB/s.
   */
  readonly poolJobsMax: number
  /**
   * What the consume queue keeps for a stored message, when it is rebuilt from the log after a crash. Must give what the
   * append gave. Absent: the hash of TAGS.
   */
  readonly tagsCodeOf?: (topic: string, properties: Buffer, storeTimestamp: number) => number
  readonly seams: StoreSeams
}

export type StoreOptions = Partial<StoreSettings> & Pick<StoreSettings, 'dir'>

const poolThreads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4)

export const storeDefaults: Omit<StoreSettings, 'dir' | 'tagsCodeOf'> = {
  storeHost: Buffer.from([127, 0, 0, 1, 0, 0, 0x2a, 0x9f]),
  flushDiskType: 'ASYNC_FLUSH',
  mappedFileSizeCommitLog: 1024 * MiB,
  flushIntervalCommitLog: 500,
  syncFlushTimeout: 5000,
  writeBufferBytes: 16 * MiB,
  compression: false,
  slabBytes: 4 * MiB,
  recentBytesMax: 128 * MiB,
  tailBytesMax: 32 * MiB,
  cacheBytesMax: 32 * MiB,
  pendingBytesMax: 64 * MiB,
  groupBytesMax: MiB,
  messageBytesMax: 4 * MiB + 32_767,
  derivedFlushMs: 1000,
  indexRunBytes: 64 * MiB,
  messageIndexEnable: true,
  fileReservedTime: 72,
  deleteWhen: '04',
  diskMaxUsedSpaceRatio: 75,
  diskSpaceCleanForciblyRatio: 85,
  cleanFileForciblyEnable: true,
  diskSpaceWarningLevelRatio: 90,
  diskSpaceFreeBytesMin: 512 * MiB,
  ballastBytes: 64 * MiB,
  diskCheckMs: 1000,
  cleanResourceInterval: 10_000,
  unlinkPauseMs: 20,
  openSegmentsBytesMax: 32 * MiB,
  scrubBytesPerSecond: 2 * MiB,
  poolJobsMax: Math.max(1, Math.min(2, poolThreads >> 1)),
  seams: {}
}

/** Chunks hold whole messages up to this; a larger message is a chunk of its own. */
export const chunkBytesMax = 64 * 1024
/** A message may start at most this far behind its chunk's start: two bytes in the consume queue. */
export const segmentBytesMax = 0xffff_ffff

/**
 * How many sealed segments are held open. Opening one takes 5 to 30 ms, and a look-up by key goes through all of them; open, it
 * takes about 256 KiB and the indexes of its tables, a 1,536th of its log. Each has some 12 files open.
 */
export const openSegmentsMax = (segmentBytes: number, bytesMax: number): number =>
  Math.max(8, Math.min(128, Math.floor(bytesMax / (256 * 1024 + segmentBytes / 1536))))

export const storeSettings = (options: StoreOptions): StoreSettings => ({ ...storeDefaults, ...options })

/** Settings are read where they are used, so a change holds from the next use on. */
export const changeSettings = (settings: StoreSettings, changes: Partial<HotStoreSettings>): void => {
  const hot: Mutable<HotStoreSettings> = settings
  for (const key of hotSettings) change(hot, key, changes[key])
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const change = <K extends keyof HotStoreSettings>(
  hot: Mutable<HotStoreSettings>,
  key: K,
  value: HotStoreSettings[K] | undefined
): void => {
  if (value !== undefined) hot[key] = value
}

const hotSettings = [
  'fileReservedTime',
  'deleteWhen',
  'diskMaxUsedSpaceRatio',
  'diskSpaceWarningLevelRatio',
  'diskSpaceFreeBytesMin',
  'syncFlushTimeout',
  'messageBytesMax'
] as const satisfies readonly (keyof HotStoreSettings)[]
