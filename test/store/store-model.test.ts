/**
 * Random lives of a store (appends, flushes, crashes, reopenings, retention, deleted topics) against a model in memory. The
 * seed of a failure is in its message: MQ_SEED repeats it.
 */
import { expect } from 'chai'
import type { LevelBatch, LevelHandle } from '../../src/store/seams.ts'
import { draftOf, readAll, withProperties } from '../contract/store.ts'
import { eventually } from '../support/eventually.ts'
import { runSeed, type Seeded, seeded } from '../support/seeded.ts'
import { type StoreInDir, type StoresInDirs, storesInDirs } from './store-in-dir.ts'

const topics = ['A', 'B', 'C']
const queues = 3
/** A write fails just behind the end of a segment, whose page of the key index then hid those of the next ones. */
const afterRoll = 2_526_177_969
/** A failed write leaves the log at the very end of its last segment; reads then looked in the first one for everything. */
const atEnd = 3_851_398_656

/** What the store should hold: bodies by queue offset. Offsets below what retention left are not asked for. */
class Model {
  readonly bodies = new Map<string, string[]>()
  readonly keys = new Map<string, string>()

  of(topic: string, queueId: number): string[] {
    const name = `${topic}/${queueId}`
    const known = this.bodies.get(name) ?? []
    this.bodies.set(name, known)
    return known
  }

  forget(topic: string): void {
    for (const name of [...this.bodies.keys()]) if (name.startsWith(`${topic}/`)) this.bodies.delete(name)
    for (const [key, name] of [...this.keys]) if (name.startsWith(`${topic}/`)) this.keys.delete(key)
  }
}

const append = async (under: StoreInDir, model: Model, random: Seeded, number: () => number): Promise<void> => {
  const puts = Array.from({ length: random.whole(1, 80) }, async () => {
    const topic = random.pick(topics)
    const queueId = random.whole(0, queues - 1)
    const n = number()
    const size = random.whole(0, 20) === 0 ? random.whole(1000, 9000) : random.whole(0, 200)
    const body = `${n}:`.padEnd(size, '#')
    const list = model.of(topic, queueId)
    const offset = list.push(body) - 1
    model.keys.set(`k${n}`, `${topic}/${queueId}`)
    const place = await under.store.put(
      draftOf(topic, queueId, body, { tagsCode: 0, ...withProperties({ KEYS: `k${n}` }) })
    )
    expect(place.queueOffset).to.equal(offset)
  })
  await Promise.all(puts)
}

/** Appends whose writes fail, before they reach the disk or after: whichever it was must then hold for every reader. */
const appendFailing = async (
  under: StoreInDir,
  model: Model,
  random: Seeded,
  fault: { mode: 'none' | 'before' | 'after' },
  number: () => number
): Promise<void> => {
  fault.mode = random.pick(['before', 'after'])
  const unknown = new Map<string, string[]>()
  const puts = Array.from({ length: random.whole(1, 60) }, () => {
    const topic = random.pick(topics)
    const queueId = random.whole(0, queues - 1)
    const body = `${number()}:`.padEnd(random.whole(0, 900), '#')
    const name = `${topic}/${queueId}`
    unknown.set(name, [...(unknown.get(name) ?? []), body])
    return under.store.put(draftOf(topic, queueId, body))
  })
  const results = await Promise.allSettled(puts)
  expect(results.every(result => result.status === 'rejected')).to.equal(true)
  fault.mode = 'none'
  await eventually(() => {
    under.clock.advance(500)
    return under.store.writable
  }, 'writable again')
  for (const [name, bodies] of unknown) {
    const [topic, queueId] = name.split('/')
    const known = model.of(topic!, Number(queueId))
    const read = await readAll(under.store, topic!, Number(queueId), known.length)
    const found = read.map(message => message.body.toString())
    expect(found).to.deep.equal(bodies.slice(0, found.length))
    known.push(...found)
  }
}

/** A failing commit log, behind the store's seam. */
const failingLog = (fault: { mode: 'none' | 'before' | 'after' }) => ({
  wrapLevel(real: LevelHandle, location: string): LevelHandle {
    if (!location.includes('commitlog')) return real
    const batch = (): LevelBatch => {
      const inner = real.batch()
      return {
        put: (key, value) => inner.put(key, value),
        del: key => inner.del(key),
        async write(options) {
          if (fault.mode === 'before') throw new Error('EIO')
          await inner.write(options)
          if (fault.mode === 'after') throw new Error('EIO')
        },
        close: () => inner.close()
      }
    }
    return {
      open: () => real.open(),
      close: () => real.close(),
      get: key => real.get(key),
      batch,
      iterate: range => real.iterate(range)
    }
  }
})

const verify = async (under: StoreInDir, model: Model, random: Seeded): Promise<void> => {
  const { store } = under
  for (const topic of topics) {
    for (let queueId = 0; queueId < queues; queueId++) {
      const expected = model.of(topic, queueId)
      expect(store.maxOffset(topic, queueId), `${topic}/${queueId}`).to.equal(expected.length)
      const least = store.minOffset(topic, queueId)
      const limits = { messagesMax: random.whole(1, 64), bytesMax: random.whole(1, 100_000) }
      const read = await readAll(store, topic, queueId, least, limits)
      expect(read.map(message => message.body.toString())).to.deep.equal(expected.slice(least))
      for (const message of read.slice(0, 3)) {
        expect(await store.messageAt(message.physicalOffset)).to.have.length(message.size)
        expect(await store.storeTimeAt(topic, queueId, message.queueOffset)).to.equal(message.storeTimestamp)
      }
    }
  }
  const names = [...model.keys.keys()]
  for (const key of names.slice(-2).concat(names.length > 0 ? [random.pick(names)] : [])) {
    const [topic, queueId] = model.keys.get(key)!.split('/')
    const offset = model.of(topic!, Number(queueId)).findIndex(body => body.startsWith(`${key.slice(1)}:`))
    const found = await store.query({ topic: topic!, key, kind: 'K', messagesMax: 5, beginMs: 0, endMs: 9e15 })
    const there = offset >= store.minOffset(topic!, Number(queueId))
    expect(found.messages.length, `${key} at ${topic}/${queueId}@${offset}`).to.equal(there ? 1 : 0)
  }
}

const life = async (stores: StoresInDirs, seed: number): Promise<void> => {
  const random = seeded(seed)
  const model = new Model()
  let n = 0
  const fault: { mode: 'none' | 'before' | 'after' } = { mode: 'none' }
  const options = {
    mappedFileSizeCommitLog: random.pick([12_288, 32_768, 131_072]),
    writeBufferBytes: 65_536,
    slabBytes: random.pick([4096, 65_536]),
    recentBytesMax: random.pick([0, 16_384, 1_000_000]),
    cacheBytesMax: random.pick([0, 1_000_000]),
    tailBytesMax: random.pick([0, 1_000_000]),
    indexRunBytes: random.pick([2048, 65_536]),
    groupBytesMax: random.pick([2048, 1_000_000]),
    flushDiskType: random.pick(['ASYNC_FLUSH', 'SYNC_FLUSH'] as const),
    fileReservedTime: 1,
    seams: failingLog(fault)
  }
  let under = await stores.make(options)
  const acts: Record<string, () => Promise<void>> = {
    append: () => append(under, model, random, () => n++),
    fail: () => appendFailing(under, model, random, fault, () => n++),
    flush: () => under.store.flush(),
    tick: async () => under.clock.advance(1000),
    derive: async () => void (await under.store.clean()),
    expire: async () => {
      under.clock.advance(2 * 3_600_000)
      await under.store.clean()
    },
    crash: async () => {
      under = await under.afterCrash()
    },
    reopen: async () => {
      under = await under.reopen()
    },
    deleteTopic: async () => {
      const topic = random.pick(topics)
      await under.store.deleteTopic(topic)
      model.forget(topic)
    },
    verify: () => verify(under, model, random)
  }
  const weighted = [
    'append',
    'append',
    'append',
    'append',
    'flush',
    'tick',
    'tick',
    'derive',
    'crash',
    'crash',
    'reopen',
    'verify',
    'expire',
    'deleteTopic',
    'fail',
    'fail'
  ]
  for (let step = 0; step < 24; step++) {
    const act = random.pick(weighted)
    await acts[act]!()
    if (act === 'crash' || act === 'reopen') await verify(under, model, random)
  }
  await verify(under, model, random)
}

describe('store against a model', function () {
  this.timeout(60_000)
  let stores: StoresInDirs
  beforeEach(() => {
    stores = storesInDirs()
  })
  afterEach(() => stores.removeAll())

  const first = process.env['MQ_SEED'] === undefined ? undefined : runSeed()
  const seeds = first === undefined ? [1, 2, 3, 4, 5, 6, 7, afterRoll, atEnd, runSeed()] : [first]
  for (const seed of seeds) {
    it(`holds what it promised, seed ${seed}`, () => life(stores, seed))
  }
})
