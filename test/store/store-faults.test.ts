/** What the store does when the disk, another process or damage interferes: on real LevelDB, with faults put in by the seams. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { MqError } from '../../src/kit/errors.ts'
import { decodeMessages } from '../../src/protocol/message.ts'
import type { MessageStore } from '../../src/store/contract.ts'
import type { LevelBatch, LevelHandle, StoreSeams } from '../../src/store/seams.ts'
import { draftOf, everything, putMany, readAll } from '../contract/store.ts'
import { eventually } from '../support/eventually.ts'
import { seeded } from '../support/seeded.ts'
import { type StoreInDir, type StoresInDirs, storesInDirs } from './store-in-dir.ts'

const rejection = async (promise: Promise<unknown>): Promise<MqError> => {
  try {
    await promise
  } catch (error) {
    return error as MqError
  }
  throw new Error('should have been rejected')
}

const numbersOf = async (store: MessageStore, queueId: number): Promise<number[]> =>
  (await readAll(store, 'T', queueId)).map(message => Number.parseInt(message.body.toString(), 10))

const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step)

/** Lets a test fail or hold the writes of some databases. */
const faultyLevel = (part: string) => {
  const fault: {
    error: Error | undefined
    hold: Promise<void> | undefined
    openError: Error | undefined
    failed: number
  } = {
    error: undefined,
    hold: undefined,
    openError: undefined,
    failed: 0
  }
  const wrapBatch = (real: LevelBatch): LevelBatch => {
    const batch: LevelBatch = {
      put(key, value) {
        real.put(key, value)
        return batch
      },
      del(key) {
        real.del(key)
        return batch
      },
      async write(options) {
        await fault.hold
        if (fault.error !== undefined) {
          fault.failed++
          throw fault.error
        }
        await real.write(options)
      },
      close: () => real.close()
    }
    return batch
  }
  const wrapLevel = (real: LevelHandle, location: string): LevelHandle =>
    location.includes(part)
      ? {
          open: () => (fault.openError === undefined ? real.open() : Promise.reject(fault.openError)),
          close: () => real.close(),
          get: key => real.get(key),
          batch: () => wrapBatch(real.batch()),
          iterate: options => real.iterate(options)
        }
      : real
  return { fault, seams: { wrapLevel } satisfies StoreSeams }
}

describe('store faults', () => {
  let stores: StoresInDirs
  beforeEach(() => {
    stores = storesInDirs()
  })
  afterEach(() => stores.removeAll())

  describe('one owner', () => {
    it('refuses a second process with a clear sentence, and leaves the first undisturbed', async () => {
      const { store, dir } = await stores.make()
      const error = await rejection(stores.open(dir))
      expect(error.code).to.equal('MQ_STORE_LOCKED')
      expect(error.message).to.contain(`the store in ${dir} is in use by another process`)
      await putMany(store, 'T', 3)
      expect(await numbersOf(store, 0)).to.deep.equal([0, 1, 2])
    })

    it('takes a store whose lock file a killed process left behind', async () => {
      const under = await stores.make()
      await putMany(under.store, 'T', 3)
      const next = await under.afterCrash()
      expect(existsSync(join(next.dir, 'meta', 'LOCK'))).to.equal(true)
      expect(await numbersOf(next.store, 0)).to.deep.equal([0, 1, 2])
    })
  })

  describe('settings of a store', () => {
    it('keeps its segment size, and says so', async () => {
      const under = await stores.make({ mappedFileSizeCommitLog: 16_384 })
      await putMany(under.store, 'T', 200, 1, 60)
      await under.store.close()
      const next = await stores.open(under.dir, { mappedFileSizeCommitLog: 32_768 })
      expect(await readAll(next.store, 'T', 0)).to.have.length(200)
      expect(
        next.log.lines.some(line => line.level === 'warn' && line.message.includes('mappedFileSizeCommitLog'))
      ).to.equal(true)
    })

    it('refuses a newer format and impossible sizes', async () => {
      const under = await stores.make()
      await under.store.close()
      writeFileSync(join(under.dir, 'store.json'), '{"format":99,"segmentBytes":4194304}')
      expect((await rejection(stores.open(under.dir))).code).to.equal('MQ_STORE_FORMAT')
      expect((await rejection(stores.make({ mappedFileSizeCommitLog: 100 }))).code).to.equal('MQ_CONFIG_INVALID')
      expect((await rejection(stores.make({ storeHost: Buffer.alloc(3) }))).code).to.equal('MQ_CONFIG_INVALID')
    })
  })

  describe('a write error', () => {
    for (const flushDiskType of ['ASYNC_FLUSH', 'SYNC_FLUSH'] as const) {
      it(`stops acknowledging, opens the store anew, and goes on: ${flushDiskType}`, async () => {
        const { fault, seams } = faultyLevel('commitlog')
        const { store, clock, log, ...under } = await stores.make({ seams, flushDiskType })
        await putMany(store, 'T', 10, 2)
        fault.error = new Error('No space left on device')
        const results = await Promise.allSettled([...range(10, 20)].map(i => store.put(draftOf('T', i % 2, `${i}`))))
        expect(results.map(result => result.status)).to.deep.equal(Array(10).fill('rejected'))
        expect(((results[0] as PromiseRejectedResult).reason as MqError).code).to.equal('MQ_DISK_FULL')
        expect(store.writable).to.equal(false)
        expect(store.pendingBytes).to.equal(0)
        expect((await rejection(store.put(draftOf('T', 0, 'no')))).code).to.equal('MQ_DISK_FULL')
        expect(await numbersOf(store, 0), 'reads go on').to.deep.equal([0, 2, 4, 6, 8])
        fault.error = undefined
        await eventually(() => {
          clock.advance(500)
          return store.writable
        }, 'writable again')
        await putMany(store, 'T', 10, 2, 0, 10)
        expect(await numbersOf(store, 1)).to.deep.equal(range(1, 20, 2))
        expect(log.lines.some(line => line.level === 'error')).to.equal(true)
        const after = await under.afterCrash()
        for (const queueId of [0, 1]) expect(await numbersOf(after.store, queueId)).to.deep.equal(range(queueId, 20, 2))
      })
    }

    it('keeps what a failed write left behind whole: it may or may not exist, but it is the same everywhere', async () => {
      const { fault, seams } = faultyLevel('commitlog')
      const wrapLevel = (real: LevelHandle, location: string): LevelHandle => {
        const wrapped = seams.wrapLevel(real, location)
        // The write reaches the disk, and then fails.
        const batch = (): LevelBatch => {
          const inner = real.batch()
          const self: LevelBatch = {
            put(key, value) {
              inner.put(key, value)
              return self
            },
            del(key) {
              inner.del(key)
              return self
            },
            write: async options => {
              await inner.write(options)
              if (fault.error !== undefined && location.includes('commitlog')) throw fault.error
            },
            close: () => inner.close()
          }
          return self
        }
        return { ...wrapped, batch }
      }
      const small = { mappedFileSizeCommitLog: 16 * 1024, seams: { wrapLevel } }
      const { store, clock, ...under } = await stores.make(small)
      await putMany(store, 'T', 50, 2, 60)
      fault.error = new Error('EIO')
      const results = await Promise.allSettled(range(50, 60).map(i => store.put(draftOf('T', i % 2, `${i}`))))
      expect(results.every(result => result.status === 'rejected')).to.equal(true)
      fault.error = undefined
      await eventually(() => {
        clock.advance(500)
        return store.writable
      }, 'writable again')
      await putMany(store, 'T', 300, 2, 60, 60)
      const after = await under.afterCrash()
      for (const queueId of [0, 1]) {
        expect(await numbersOf(store, queueId)).to.deep.equal(range(queueId, 360, 2))
        expect(await numbersOf(after.store, queueId)).to.deep.equal(range(queueId, 360, 2))
      }
    })

    it('tries until the store opens', async () => {
      const { fault, seams } = faultyLevel('commitlog')
      const { store, clock } = await stores.make({ seams })
      await putMany(store, 'T', 4)
      fault.error = new Error('EIO')
      fault.openError = new Error('IO error: still broken')
      await rejection(store.put(draftOf('T', 0, 'lost')))
      for (const _ of range(0, 20)) {
        clock.advance(500)
        await new Promise(resolve => setImmediate(resolve))
      }
      expect(store.writable).to.equal(false)
      fault.error = undefined
      fault.openError = undefined
      await eventually(() => {
        clock.advance(500)
        return store.writable
      }, 'writable again')
      expect((await store.put(draftOf('T', 0, '4'))).queueOffset).to.equal(4)
    })

    it('of consume queues or index loses nothing and is made good', async () => {
      for (const part of ['consumequeue', 'index']) {
        const { fault, seams } = faultyLevel(part)
        const { store, ...under } = await stores.make({ seams, mappedFileSizeCommitLog: 16 * 1024 })
        await putMany(store, 'T', 300, 2, 60)
        fault.error = new Error('EIO')
        await rejection(store.clean())
        expect(store.writable).to.equal(true)
        fault.error = undefined
        await store.clean()
        const after = await under.afterCrash()
        for (const queueId of [0, 1])
          expect(await numbersOf(after.store, queueId)).to.deep.equal(range(queueId, 300, 2))
      }
    })

    it('of meta is told to the caller, and the next write is as good as ever', async () => {
      const { fault, seams } = faultyLevel('meta')
      const { store, ...under } = await stores.make({ seams })
      await store.meta.write([{ table: 'topic', key: 'a', value: '1' }])
      fault.error = new Error('EIO')
      expect((await rejection(store.meta.write([{ table: 'topic', key: 'b', value: '2' }]))).code).to.equal(
        'MQ_STORE_UNAVAILABLE'
      )
      fault.error = undefined
      await store.meta.write([{ table: 'topic', key: 'c', value: '3' }])
      const after = await under.afterCrash()
      expect([...(await after.store.meta.rows('topic')).keys()]).to.deep.equal(['a', 'c'])
    })
  })

  describe('a slow disk', () => {
    it('is told after syncFlushTimeout; the message is stored and becomes readable later', async () => {
      const { fault, seams } = faultyLevel('commitlog')
      const { store, clock } = await stores.make({ seams, flushDiskType: 'SYNC_FLUSH', syncFlushTimeout: 1000 })
      await putMany(store, 'T', 1)
      let release = (): void => {}
      fault.hold = new Promise(resolve => {
        release = resolve
      })
      const first = rejection(store.put(draftOf('T', 0, '1')))
      await new Promise(resolve => setImmediate(resolve))
      const second = rejection(store.put(draftOf('T', 0, '2')))
      clock.advance(1500)
      expect(await first).to.include({ code: 'MQ_FLUSH_TIMEOUT', responseCode: 10 })
      expect((await second).code).to.equal('MQ_FLUSH_TIMEOUT')
      const third = store.put(draftOf('T', 0, '3'))
      expect(store.maxOffset('T', 0)).to.equal(1)
      fault.hold = undefined
      release()
      expect((await third).queueOffset).to.equal(3)
      expect(await numbersOf(store, 0)).to.deep.equal([0, 1, 2, 3])
    })

    it('refuses appends beyond pendingBytesMax instead of filling memory', async () => {
      const { fault, seams } = faultyLevel('commitlog')
      const { store } = await stores.make({ seams, pendingBytesMax: 10_000 })
      let release = (): void => {}
      fault.hold = new Promise(resolve => {
        release = resolve
      })
      const puts = range(0, 50).map(i => store.put(draftOf('T', 0, `${i}`.padEnd(1000))))
      const settled = Promise.allSettled(puts)
      release()
      const results = await settled
      const stored = results.filter(result => result.status === 'fulfilled').length
      expect(stored).to.be.within(5, 15)
      expect(((results.at(-1) as PromiseRejectedResult).reason as MqError).code).to.equal('MQ_TOO_BUSY')
      expect(await readAll(store, 'T', 0)).to.have.length(stored)
    })
  })

  describe('a disk that fills', () => {
    it('is noticed while there is room, and sends are taken again without a restart', async () => {
      const space = { freeBytes: 10_000_000, totalBytes: 100_000_000 }
      const seams = { diskSpace: async () => ({ ...space }) }
      const { store, clock } = await stores.make({
        seams,
        diskSpaceFreeBytesMin: 1_000_000,
        diskSpaceWarningLevelRatio: 95
      })
      await putMany(store, 'T', 2)
      const look = async (writable: boolean): Promise<void> => {
        clock.advance(1000)
        await eventually(() => store.writable === writable, `writable ${writable}`)
      }
      space.freeBytes = 4_000_000
      await look(false)
      expect(store.refusal?.code).to.equal('MQ_DISK_FULL')
      expect(store.refusal?.message).to.contain('96.0 % full')
      expect(await numbersOf(store, 0), 'reads go on').to.deep.equal([0, 1])
      await store.meta.write([{ table: 'offset', key: 'x', value: '1' }])
      store.configure({ diskSpaceWarningLevelRatio: 99 })
      await look(true)
      space.freeBytes = 900_000
      store.configure({ diskSpaceWarningLevelRatio: 100 })
      await look(false)
      expect(store.refusal?.message).to.contain('less than diskSpaceFreeBytesMin')
      space.freeBytes = 50_000_000
      await look(true)
      expect((await store.put(draftOf('T', 0, 'go on'))).queueOffset).to.equal(2)
    })

    it('counts what is appended between two looks', async () => {
      const seams = { diskSpace: async () => ({ freeBytes: 1_100_000, totalBytes: 100_000_000 }) }
      const { store } = await stores.make({ seams, diskSpaceFreeBytesMin: 1_000_000 })
      const results: boolean[] = []
      for (const i of range(0, 10)) {
        results.push(
          await store.put(draftOf('T', 0, Buffer.alloc(10_000, i))).then(
            () => true,
            () => false
          )
        )
      }
      expect(results.indexOf(false)).to.be.within(4, 6)
    })

    it('keeps a ballast, and gives it up to open a full disk', async () => {
      const { store, dir, clock } = await stores.make({ ballastBytes: 3_000_000 })
      await eventually(() => existsSync(join(dir, 'ballast')), 'ballast')
      expect(statSync(join(dir, 'ballast')).size).to.equal(3_000_000)
      await putMany(store, 'T', 2)
      await store.close()
      let full = true
      const seams: StoreSeams = {
        wrapLevel: (real, location) => ({
          ...real,
          open: () => {
            full = existsSync(join(dir, 'ballast'))
            if (full)
              return Promise.reject(
                Object.assign(new Error('open failed'), {
                  cause: new Error(`IO error: ${location}: No space left on device`)
                })
              )
            return real.open()
          }
        })
      }
      const next = await stores.open(dir, { seams }, clock)
      expect(await numbersOf(next.store, 0)).to.deep.equal([0, 1])
      expect(existsSync(join(dir, 'ballast'))).to.equal(false)
    })
  })

  describe('damage', () => {
    const sizes = { mappedFileSizeCommitLog: 64 * 1024, writeBufferBytes: 64 * 1024, indexRunBytes: 16 * 1024 }
    const total = 900

    /** A store with sealed segments and an open one, closed or as a kill leaves it. */
    const image = async (mode: { readonly closed: boolean }): Promise<string> => {
      const under = await stores.make(sizes)
      await putMany(under.store, 'T', total - 100, 3, 100)
      await under.store.meta.write(range(0, 50).map(i => ({ table: 'offset', key: `g${i}`, value: `${i}` })))
      await under.store.clean()
      await putMany(under.store, 'T', 100, 3, 100, total - 100)
      await under.store.flush()
      if (!mode.closed) return stores.copy(under.dir)
      await under.store.close()
      return under.dir
    }

    /** Every read is right or an error that names its range; nothing is missing without a word. */
    const verdict = async (dir: string): Promise<'refused' | 'told' | 'harmless'> => {
      let under: StoreInDir
      try {
        under = await stores.open(dir, sizes)
      } catch (error) {
        expect((error as MqError).code, String((error as Error).stack)).to.equal('MQ_STORE_CORRUPT')
        return 'refused'
      }
      const { store } = under
      let told = 0
      const guarded = async (job: () => Promise<void>): Promise<void> => {
        try {
          await job()
        } catch (error) {
          if ((error as MqError).code !== 'MQ_STORE_CORRUPT') throw error
          expect((error as Error).message).to.match(/offset|index|meta|block|database .*\d{20}/)
          told++
        }
      }
      for (const queueId of [0, 1, 2]) {
        expect(store.maxOffset('T', queueId)).to.equal(total / 3)
        expect(store.minOffset('T', queueId)).to.equal(0)
        for (let offset = 0; offset < total / 3; ) {
          let next = offset + 1
          await guarded(async () => {
            const result = await store.read('T', queueId, offset, everything)
            expect(result.status).to.equal('FOUND')
            for (const message of decodeMessages(result.messages)) {
              expect(message.queueOffset).to.equal(offset)
              expect(message.body.toString()).to.equal(`${offset * 3 + queueId}`.padEnd(100, '.'))
              offset++
            }
            next = offset
          })
          offset = next
        }
      }
      for (const i of range(0, total, 97)) {
        await guarded(async () => {
          const found = await store.query({
            topic: 'T',
            key: `k${i}`,
            kind: 'K',
            messagesMax: 9,
            beginMs: 0,
            endMs: 9e15
          })
          expect(found.messages.length, `k${i}`).to.equal(1)
        })
      }
      await guarded(async () => {
        expect((await store.meta.rows('offset')).size).to.equal(50)
      })
      await store.close()
      return told > 0 ? 'told' : 'harmless'
    }

    const filesOf = (dir: string): string[] =>
      readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .map(name => join(dir, name))
        .filter(path => statSync(path).isFile())

    const kinds = [
      ['a write-ahead log', /commitlog.*\.log$/],
      ['a table of the log', /commitlog.*\.ldb$/],
      ['a consume queue', /consumequeue.*\.(ldb|log)$/],
      ['the index', /index.*\.(ldb|log)$/],
      ['meta', /meta.*\.(ldb|log)$/],
      ['a manifest', /MANIFEST/],
      ['CURRENT', /CURRENT$/],
      ['marker or checkpoint', /(store\.json|checkpoint)$/]
    ] as const

    for (const [kind, pattern] of kinds) {
      it(`of one byte in ${kind} is seen or harmless`, async function () {
        this.timeout(60_000)
        const random = seeded(20260 + kind.length)
        const base = [await image({ closed: true }), await image({ closed: false })]
        for (const _ of range(0, 4)) {
          const dir = stores.copy(random.pick(base))
          const files = filesOf(dir).filter(path => pattern.test(path) && statSync(path).size > 0)
          if (files.length === 0) continue
          const path = random.pick(files)
          const bytes = readFileSync(path)
          const at = random.whole(0, bytes.length - 1)
          bytes[at] = bytes[at]! ^ (1 << random.whole(0, 7))
          writeFileSync(path, bytes)
          try {
            await verdict(dir)
          } catch (error) {
            throw new Error(`${path} byte ${at} of ${bytes.length}: ${(error as Error).stack}`)
          }
        }
      })
    }

    it('of a whole file, cut or gone, never gives an empty store', async function () {
      this.timeout(60_000)
      const base = await image({ closed: false })
      for (const pattern of [
        /meta.CURRENT$/,
        /meta.MANIFEST/,
        /meta.*\.log$/,
        /commitlog.0+.CURRENT$/,
        /commitlog.0+.MANIFEST/,
        /store\.json$/
      ]) {
        for (const harm of ['gone', 'cut', 'short'] as const) {
          const dir = stores.copy(base)
          const path = filesOf(dir).find(file => pattern.test(file))
          if (path === undefined) continue
          if (harm === 'gone') rmSync(path)
          else
            truncateSync(
              path,
              harm === 'cut' ? Math.floor(statSync(path).size / 2) : Math.max(0, statSync(path).size - 3)
            )
          try {
            await verdict(dir)
          } catch (error) {
            throw new Error(`${path} ${harm}: ${(error as Error).stack}`)
          }
        }
      }
    })

    it('of a segment that is gone stops the start and names it', async () => {
      const dir = await image({ closed: true })
      renameSync(join(dir, 'commitlog', '00000000000000065536'), join(dir, 'away'))
      const error = await rejection(stores.open(dir, sizes))
      expect(error.code).to.equal('MQ_STORE_CORRUPT')
      expect(error.message).to.contain('00000000000000065536')
    })

    it('of derived data that is gone is made good from the log', async () => {
      const dir = await image({ closed: false })
      const open = readdirSync(join(dir, 'commitlog')).at(-2)!
      for (const part of ['consumequeue', 'index']) {
        for (const name of readdirSync(join(dir, part)).slice(-2)) rmSync(join(dir, part, name), { recursive: true })
      }
      expect(open).to.have.length(20)
      const verdictOf = await verdict(dir)
      expect(verdictOf).to.be.oneOf(['harmless', 'told'])
    })
  })

  it('sets a segment aside that was never finished', async () => {
    const under = await stores.make({ mappedFileSizeCommitLog: 16 * 1024 })
    await putMany(under.store, 'T', 20)
    await under.store.close()
    const stray = join(under.dir, 'commitlog', '00000000000009961472')
    const { mkdirSync } = await import('node:fs')
    mkdirSync(stray)
    const next = await stores.open(under.dir, { mappedFileSizeCommitLog: 16 * 1024 })
    expect(existsSync(stray)).to.equal(false)
    expect(readdirSync(join(under.dir, 'aside'))).to.deep.equal(['commitlog-00000000000009961472'])
    expect(await readAll(next.store, 'T', 0)).to.have.length(20)
  })

  it('treats the first hole as the end of the log when nothing behind it was promised', async () => {
    const { Level } = await import('level')
    const under = await stores.make()
    await putMany(under.store, 'T', 10)
    await under.store.flush()
    for (const i of range(10, 14)) await under.store.put(draftOf('T', 0, `${i}`))
    const after = await under.afterCrash(dir => {
      void dir
    })
    await after.store.close()
    const image = stores.copy(under.dir)
    const database = new Level<Buffer, Buffer>(join(image, 'commitlog', '00000000000000000000'), {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer'
    })
    const keys = await database.keys().all()
    await database.del(keys.at(-2)!)
    await database.close()
    const next = await stores.open(image)
    expect(await numbersOf(next.store, 0)).to.deep.equal(range(0, 12))
    await putMany(next.store, 'T', 3, 1, 0, 12)
    const again = await next.reopen()
    expect(await numbersOf(again.store, 0)).to.deep.equal(range(0, 15))
  })

  it('does not start when what was promised is missing, and names the range', async () => {
    const { Level } = await import('level')
    const under = await stores.make()
    for (const i of range(0, 10)) await under.store.put(draftOf('T', 0, `${i}`))
    await under.store.flush()
    const image = stores.copy(under.dir)
    const database = new Level<Buffer, Buffer>(join(image, 'commitlog', '00000000000000000000'), {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer'
    })
    const keys = await database.keys().all()
    await database.del(keys.at(-1)!)
    await database.close()
    const error = await rejection(stores.open(image))
    expect(error.code).to.equal('MQ_STORE_CORRUPT')
    expect(error.message).to.match(/commit log offsets \d+ to \d+ are missing/)
  })
})
