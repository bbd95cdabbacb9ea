/** What a victim is told by its parent, and the bugs that a run may plant into it to prove that the harness sees them. */
import type { StoreOptions } from '../../src/store/options.ts'
import type { LevelBatch, LevelHandle, StorePoint, StoreSeams } from '../../src/store/seams.ts'

/**
 * `ack-early`: a write is called done before it is. `sync-off`: a synced write is not synced, and no barrier either.
 * Only tests can switch them on: they are wrapped around the store's seams here, and production passes none.
 */
export type Mutant = 'none' | 'ack-early' | 'sync-off'

export interface VictimSettings {
  readonly run: string
  readonly store: StoreOptions
  readonly mutant: Mutant
  /** The victim kills itself when it comes here for the `times`th time. */
  readonly killAt?: { readonly point: StorePoint; readonly times: number }
  /** Appends that wait for their answer. */
  readonly inFlight: number
  /** No more than this many messages; then it says `idle` when all is durable. */
  readonly stopAfter?: number
  /** After this long, the clock jumps by four days and retention runs. */
  readonly expireAfterMs?: number
}

export const MiB = 1024 * 1024

/** Small enough that a second of load crosses several rolls and rotations of the write-ahead log. */
export const smallStore = {
  mappedFileSizeCommitLog: 4 * MiB,
  writeBufferBytes: 256 * 1024,
  slabBytes: MiB,
  recentBytesMax: 4 * MiB,
  indexRunBytes: MiB,
  derivedFlushMs: 200,
  ballastBytes: 0,
  diskSpaceFreeBytesMin: MiB
} as const satisfies Partial<StoreOptions>

const earlyBatch = (real: LevelBatch): LevelBatch => {
  const batch: LevelBatch = {
    put(key, value) {
      real.put(key, value)
      return batch
    },
    del(key) {
      real.del(key)
      return batch
    },
    write(options) {
      real.write(options).catch(() => {})
      return Promise.resolve()
    },
    close: () => real.close()
  }
  return batch
}

const unsyncedBatch = (real: LevelBatch): LevelBatch => {
  const batch: LevelBatch = {
    put(key, value) {
      real.put(key, value)
      return batch
    },
    del(key) {
      real.del(key)
      return batch
    },
    write: () => real.write({ sync: false }),
    close: () => real.close()
  }
  return batch
}

const withBatch = (level: LevelHandle, change: (real: LevelBatch) => LevelBatch): LevelHandle => ({
  open: () => level.open(),
  close: () => level.close(),
  get: key => level.get(key),
  batch: () => change(level.batch()),
  iterate: range => level.iterate(range)
})

const killSelf = (): void => {
  process.kill(process.pid, 'SIGKILL')
}

export const seamsOf = (settings: Pick<VictimSettings, 'mutant' | 'killAt'>): StoreSeams => {
  const { mutant, killAt } = settings
  let left = killAt?.times ?? 0
  const at = (point: StorePoint): void => {
    if (point === killAt?.point && --left === 0) killSelf()
  }
  const base: StoreSeams = killAt === undefined ? {} : { at }
  if (mutant === 'ack-early') return { ...base, wrapLevel: level => withBatch(level, earlyBatch) }
  if (mutant === 'sync-off') {
    return { ...base, wrapLevel: level => withBatch(level, unsyncedBatch), syncFile: () => Promise.resolve() }
  }
  return base
}
