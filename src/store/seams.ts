/**
 * Where a test can reach into the store: to stop it at a point of its life, to plant a bug that a test must then find, or to
 * play a full disk. Production passes none of these, and none of them is on the way of a message.
 */
import type { FileHandle } from 'node:fs/promises'

/** Moments that fault tests kill the process at. The store waits for the hook. */
export type StorePoint =
  | 'segment-made'
  | 'segment-recorded'
  | 'rolled'
  | 'sealing'
  | 'sealed'
  | 'min-offset-raised'
  | 'before-unlink'
  | 'segment-unlinked'
  | 'checkpoint-half-written'
  | 'checkpoint-written'
  | 'derived-flushed'
  | 'recovered'

export interface DiskSpace {
  readonly freeBytes: number
  readonly totalBytes: number
}

/** What the store needs of `level`; a test may wrap the real one. */
export interface LevelBatch {
  put(key: Buffer, value: Buffer): LevelBatch
  del(key: Buffer): LevelBatch
  write(options: { readonly sync: boolean }): Promise<void>
  close(): Promise<void>
}

export interface LevelRange {
  readonly gte?: Buffer
  readonly gt?: Buffer
  readonly lte?: Buffer
  readonly lt?: Buffer
  readonly reverse?: boolean
  readonly limit?: number
  readonly values?: boolean
}

export interface LevelCursor {
  nextv(size: number): Promise<[Buffer, Buffer][]>
  close(): Promise<void>
}

export interface LevelHandle {
  open(): Promise<void>
  close(): Promise<void>
  get(key: Buffer): Promise<Buffer | undefined>
  batch(): LevelBatch
  iterate(range: LevelRange): LevelCursor
}

export interface LevelSettings {
  readonly createIfMissing: boolean
  readonly errorIfExists: boolean
  readonly writeBufferBytes: number
  readonly compression: boolean
}

export interface StoreSeams {
  /** Wraps each database that is opened: "ack before the callback" and "sync off" are planted here. */
  readonly wrapLevel?: (level: LevelHandle, location: string) => LevelHandle
  /** Instead of fdatasync, for each file of a barrier and for directories. */
  readonly syncFile?: (file: FileHandle, path: string) => Promise<void>
  /** Instead of statfs. */
  readonly diskSpace?: (dir: string) => Promise<DiskSpace>
  readonly at?: (point: StorePoint) => Promise<void> | void
}
