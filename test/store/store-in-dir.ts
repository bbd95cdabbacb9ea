/** Stores on real LevelDB in directories of their own, all removed after the tests. A crash is a copy of the directory. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessageStore } from '../../src/store/contract.ts'
import { openStore } from '../../src/store/message-store.ts'
import type { StoreOptionsUnderTest, StoreUnderTest } from '../contract/store.ts'
import { type ManualClock, manualClock } from '../support/manual-clock.ts'
import { silentLog } from '../support/silent-log.ts'

export interface StoreInDir extends StoreUnderTest {
  readonly dir: string
  readonly log: ReturnType<typeof silentLog>
  reopen(): Promise<StoreInDir>
  afterCrash(damage?: (dir: string) => void): Promise<StoreInDir>
}

export interface StoresInDirs {
  make(options?: StoreOptionsUnderTest, clock?: ManualClock): Promise<StoreInDir>
  open(dir: string, options?: StoreOptionsUnderTest, clock?: ManualClock): Promise<StoreInDir>
  /** A directory of its own, removed with the rest. */
  newDir(): string
  /** A copy of a directory, as a kill would have left it. */
  copy(dir: string): string
  removeAll(): Promise<void>
}

export const tinyOptions: StoreOptionsUnderTest = {
  mappedFileSizeCommitLog: 4 * 1024 * 1024,
  writeBufferBytes: 256 * 1024,
  slabBytes: 64 * 1024,
  recentBytesMax: 512 * 1024,
  ballastBytes: 0,
  unlinkPauseMs: 0,
  diskSpaceWarningLevelRatio: 100,
  diskSpaceFreeBytesMin: 0
}

const namesBelow = (dir: string): string => readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort().join()

export const storesInDirs = (): StoresInDirs => {
  const root = mkdtempSync(join(tmpdir(), 'mq-store-'))
  const opened: MessageStore[] = []
  let dirs = 0
  const newDir = (): string => join(root, `${dirs++}`)
  const copy = (dir: string): string => {
    // LevelDB's threads go on meanwhile: a copy counts only when no file came or went while it was made.
    for (let tries = 0; tries < 50; tries++) {
      const target = newDir()
      const before = namesBelow(dir)
      try {
        cpSync(dir, target, { recursive: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
      if (namesBelow(dir) === before && namesBelow(target) === before) return target
    }
    throw new Error(`${dir} never stood still`)
  }
  const open = async (dir: string, options: StoreOptionsUnderTest = {}, clock = manualClock()): Promise<StoreInDir> => {
    const log = silentLog()
    const store = await openStore({ ...tinyOptions, ...options, dir }, { clock, log })
    opened.push(store)
    return {
      dir,
      store,
      clock,
      log,
      async reopen() {
        await store.close()
        return open(dir, options, clock)
      },
      afterCrash(damage) {
        const image = copy(dir)
        damage?.(image)
        return open(image, options, clock)
      }
    }
  }
  return {
    make: (options, clock) => open(newDir(), options, clock),
    open,
    newDir,
    copy,
    async removeAll() {
      for (const store of opened.splice(0)) await store.close().catch(() => {})
      rmSync(root, { recursive: true, force: true })
    }
  }
}
