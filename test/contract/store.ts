/**
 * What any message store must do. A store is made by the caller's factory, can be abandoned as if its process had been
 * killed, and opened again.
 */
import { expect } from 'chai'
import { decodeMessages, type StoredMessage } from '../../src/protocol/message.ts'
import type {
  MessageDraft,
  MessageStore,
  PendingAppend,
  Place,
  ReadLimits,
  ReadResult
} from '../../src/store/contract.ts'
import type { StoreOptions } from '../../src/store/options.ts'
import type { ManualClock } from '../support/manual-clock.ts'

/** A store with its surroundings. */
export interface StoreUnderTest {
  readonly store: MessageStore
  readonly clock: ManualClock
  /** Opens the same data again after an orderly close. */
  reopen(): Promise<StoreUnderTest>
  /** Opens what a kill at this moment would have left; the abandoned instance goes on undisturbed. */
  afterCrash(): Promise<StoreUnderTest>
}

export type StoreOptionsUnderTest = Omit<StoreOptions, 'dir'>
export type MakeStore = (options?: StoreOptionsUnderTest) => Promise<StoreUnderTest>

export const host = Buffer.from([127, 0, 0, 1, 0, 0, 0x2a, 0x9f])
export const everything: ReadLimits = { messagesMax: 100_000, bytesMax: 1 << 30 }

export const draftOf = (
  topic: string,
  queueId: number,
  body: string | Buffer,
  more: Partial<MessageDraft> = {}
): MessageDraft => ({
  topic,
  queueId,
  flag: 0,
  sysFlag: 0,
  bornTimestamp: 1_700_000_000_000,
  bornHost: host,
  reconsumeTimes: 0,
  preparedTransactionOffset: 0,
  body: typeof body === 'string' ? Buffer.from(body) : body,
  properties: Buffer.alloc(0),
  tagsCode: 0,
  ...more
})

export const withProperties = (properties: Readonly<Record<string, string>>): Pick<MessageDraft, 'properties'> => ({
  properties: Buffer.from(
    Object.entries(properties)
      .map(([name, value]) => `${name}\u0001${value}\u0002`)
      .join('')
  )
})

/** All messages of a queue from an offset on, over as many reads as it takes. */
export const readAll = async (
  store: MessageStore,
  topic: string,
  queueId: number,
  from = store.minOffset(topic, queueId),
  limits = everything
): Promise<StoredMessage[]> => {
  const messages: StoredMessage[] = []
  for (let offset = from; offset < store.maxOffset(topic, queueId); ) {
    const result = await store.read(topic, queueId, offset, limits)
    expect(result.status, `${topic}/${queueId}@${offset}`).to.equal('FOUND')
    const decoded = decodeMessages(result.messages)
    expect(decoded.length).to.equal(result.messageCount)
    for (const message of decoded) expect(message.queueOffset).to.equal(offset++)
    expect(result.nextOffset).to.equal(offset)
    messages.push(...decoded)
  }
  return messages
}

const bodies = (messages: readonly StoredMessage[]): string[] => messages.map(message => message.body.toString())
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

/** Puts `count` messages of a topic over `queues` queues; body = number. */
export const putMany = (
  store: MessageStore,
  topic: string,
  count: number,
  queues = 1,
  pad = 0,
  from = 0
): Promise<Place[]> =>
  Promise.all(
    numbers(from, from + count).map(i =>
      store.put(
        draftOf(topic, i % queues, `${i}`.padEnd(pad, '.'), withProperties({ KEYS: `k${i}`, UNIQ_KEY: `u${i}` }))
      )
    )
  )

const query = (key: string, kind: 'K' | 'U' | 'T' = 'K') => ({
  topic: 'T',
  key,
  kind,
  messagesMax: 32,
  beginMs: 0,
  endMs: Number.MAX_SAFE_INTEGER
})

const rejection = async (promise: Promise<unknown>): Promise<{ code?: string; message: string }> => {
  try {
    await promise
  } catch (error) {
    return error as { code?: string; message: string }
  }
  throw new Error('should have been rejected')
}

export const storeContract = (make: MakeStore): void => {
  describe('append and read', () => {
    it('gives back what was appended, byte for byte', async () => {
      const { store } = await make()
      const draft = draftOf('TopicA', 3, 'hello', {
        flag: 7,
        sysFlag: 0,
        reconsumeTimes: 2,
        preparedTransactionOffset: 99,
        tagsCode: -5,
        bornHost: Buffer.from([...Buffer.alloc(15), 1, 0, 0, 1, 0]),
        ...withProperties({ KEYS: 'a b', x: 'ü' })
      })
      const place = await store.put(draft)
      expect(place.queueOffset).to.equal(0)
      expect(place.physicalOffset).to.equal(0)
      const [message] = await readAll(store, 'TopicA', 3)
      expect(message).to.deep.include({
        topic: 'TopicA',
        queueId: 3,
        flag: 7,
        sysFlag: 0x10,
        reconsumeTimes: 2,
        preparedTransactionOffset: 99,
        queueOffset: 0,
        physicalOffset: 0,
        size: place.size,
        storeTimestamp: place.storeTimestamp
      })
      expect(message?.body.toString()).to.equal('hello')
      expect(message?.bornHost).to.deep.equal(draft.bornHost)
      expect(message?.properties).to.deep.equal(draft.properties)
      expect(await store.messageAt(0)).to.have.length(place.size)
      expect(store.queue('TopicA', 3)?.tagsCodeAt(0)).to.equal(-5)
    })

    it('gives offsets without gaps, per queue and in the log', async () => {
      const { store } = await make()
      const places = await putMany(store, 'T', 100, 4)
      for (const [i, place] of places.entries()) {
        expect(place.queueOffset).to.equal(Math.floor(i / 4))
        const previous = places[i - 1]
        if (previous !== undefined) expect(place.physicalOffset).to.equal(previous.physicalOffset + previous.size)
      }
      for (const queueId of [0, 1, 2, 3]) expect(await readAll(store, 'T', queueId)).to.have.length(25)
      expect(store.stats().maxPhysicalOffset).to.equal(places.reduce((sum, place) => sum + place.size, 0))
    })

    it('copies the draft before append returns, and shows a message only when it is acknowledged', async () => {
      const { store } = await make()
      const body = Buffer.from('before')
      const draft = draftOf('T', 0, body)
      let done = 0
      const pending: PendingAppend = {
        queueOffset: -1,
        physicalOffset: -1,
        size: 0,
        storeTimestamp: 0,
        done: error => {
          expect(error).to.equal(undefined)
          expect(store.maxOffset('T', 0)).to.be.above(0)
          done++
        }
      }
      store.append(draft, pending)
      body.write('after!')
      expect(pending.queueOffset).to.equal(0)
      expect(store.maxOffset('T', 0)).to.equal(0)
      expect(store.pendingBytes).to.equal(pending.size)
      await store.put(draftOf('T', 0, 'second'))
      expect(done).to.equal(1)
      expect(store.pendingBytes).to.equal(0)
      expect(bodies(await readAll(store, 'T', 0))).to.deep.equal(['before', 'second'])
    })

    it('answers every state of a queue as RocketMQ does', async () => {
      const { store } = await make()
      const status = async (queueId: number, offset: number): Promise<Partial<ReadResult>> => {
        const { status, nextOffset, minOffset, maxOffset } = await store.read('T', queueId, offset, everything)
        return { status, nextOffset, minOffset, maxOffset }
      }
      expect(await status(0, 5)).to.deep.equal({
        status: 'NO_MATCHED_LOGIC_QUEUE',
        nextOffset: 0,
        minOffset: 0,
        maxOffset: 0
      })
      await putMany(store, 'T', 3)
      expect(await status(0, 3)).to.deep.equal({
        status: 'OFFSET_OVERFLOW_ONE',
        nextOffset: 3,
        minOffset: 0,
        maxOffset: 3
      })
      expect(await status(0, 9)).to.deep.equal({
        status: 'OFFSET_OVERFLOW_BADLY',
        nextOffset: 3,
        minOffset: 0,
        maxOffset: 3
      })
      expect(await status(0, -1)).to.deep.equal({
        status: 'OFFSET_TOO_SMALL',
        nextOffset: 0,
        minOffset: 0,
        maxOffset: 3
      })
      expect(await status(0, 1)).to.deep.equal({ status: 'FOUND', nextOffset: 3, minOffset: 0, maxOffset: 3 })
      expect(await status(1, 0)).to.include({ status: 'NO_MATCHED_LOGIC_QUEUE' })
    })

    it('keeps to the limits, and returns at least one message', async () => {
      const { store } = await make()
      const [place] = await putMany(store, 'T', 10)
      const read = async (limits: ReadLimits) => (await store.read('T', 0, 0, limits)).messageCount
      expect(await read({ messagesMax: 4, bytesMax: 1 << 20 })).to.equal(4)
      expect(await read({ messagesMax: 9, bytesMax: (place?.size ?? 0) * 3 })).to.equal(3)
      expect(await read({ messagesMax: 9, bytesMax: 1 })).to.equal(1)
    })

    it('chooses by tag code, and says how far it looked', async () => {
      const { store } = await make()
      await Promise.all(numbers(0, 1000).map(i => store.put(draftOf('T', 0, `${i}`, { tagsCode: i % 100 }))))
      const matches = (tag: number) => (tagsCode: number) => tagsCode === tag
      const found = await store.read('T', 0, 0, { ...everything, messagesMax: 2, matches: matches(7) })
      expect(bodies(decodeMessages(found.messages))).to.deep.equal(['7', '107'])
      expect(found.nextOffset).to.equal(108)
      const none = await store.read('T', 0, 0, { messagesMax: 32, bytesMax: 1 << 20, matches: matches(-1) })
      expect(none).to.include({ status: 'NO_MATCHED_MESSAGE', nextOffset: 800, messageCount: 0 })
    })

    it('refuses what cannot be stored, at once and without an offset', async () => {
      const { store } = await make({ messageBytesMax: 100 })
      const refused = async (draft: MessageDraft) => {
        let code: string | undefined
        const pending = {
          queueOffset: 5,
          physicalOffset: 5,
          size: 0,
          storeTimestamp: 0,
          done: (error?: { code: string }) => {
            code = error?.code
          }
        }
        store.append(draft, pending)
        expect(pending.queueOffset).to.equal(-1)
        return code
      }
      expect(await refused(draftOf('T', 0, Buffer.alloc(101)))).to.equal('MQ_MESSAGE_INVALID')
      expect(await refused(draftOf('T', -1, 'x'))).to.equal('MQ_MESSAGE_INVALID')
      expect(await refused(draftOf('', 0, 'x'))).to.equal('MQ_MESSAGE_INVALID')
      expect(await refused(draftOf('T', 0, 'x', { properties: Buffer.alloc(32_768) }))).to.equal('MQ_MESSAGE_INVALID')
      expect(await refused(draftOf('T', 0, 'x', { bornHost: Buffer.alloc(4) }))).to.equal('MQ_MESSAGE_INVALID')
      expect((await store.put(draftOf('T', 0, 'fine'))).queueOffset).to.equal(0)
    })

    it('tells listeners which queue grew, once a group commit', async () => {
      const { store } = await make()
      const seen: string[] = []
      store.onReadable((queue, from, to) => seen.push(`${queue.topic}/${queue.queueId} ${from}-${to}`))
      await putMany(store, 'T', 6, 2)
      expect(seen).to.deep.equal(['T/0 0-3', 'T/1 0-3'])
      expect(store.stats().groupsCommitted).to.equal(1)
      await store.put(draftOf('T', 1, 'more'))
      expect(seen[2]).to.equal('T/1 3-4')
    })

    it('store times never go back, whatever the clock does', async () => {
      const { store, clock } = await make()
      clock.advance(1000)
      const first = await store.put(draftOf('T', 0, 'a'))
      const now = clock.now()
      Object.defineProperty(clock, 'now', { value: () => now - 60_000 })
      const second = await store.put(draftOf('T', 0, 'b'))
      expect(second.storeTimestamp).to.equal(first.storeTimestamp)
    })
  })

  describe('time, keys and ids', () => {
    it('finds offsets by time', async () => {
      const { store, clock } = await make()
      const t0 = clock.now()
      for (const i of numbers(0, 20)) {
        clock.advance(10)
        await store.put(draftOf('T', 0, `${i}`))
        await store.put(draftOf('T', 0, `${i} again`))
      }
      const at = (ms: number, boundary: 'LOWER' | 'UPPER') => store.offsetByTime('T', 0, t0 + ms, boundary)
      expect(await at(0, 'LOWER')).to.equal(0)
      expect(await at(50, 'LOWER')).to.equal(8)
      expect(await at(50, 'UPPER')).to.equal(9)
      expect(await at(51, 'LOWER')).to.equal(10)
      expect(await at(51, 'UPPER')).to.equal(9)
      expect(await at(10_000, 'LOWER')).to.equal(40)
      expect(await at(10_000, 'UPPER')).to.equal(39)
      expect(await at(-5, 'UPPER')).to.equal(0)
      expect(await store.offsetByTime('T', 9, t0, 'LOWER')).to.equal(0)
      expect(await store.storeTimeAt('T', 0, 8)).to.equal(t0 + 50)
      expect(await store.storeTimeAt('T', 0, 40)).to.equal(undefined)
    })

    it('finds messages by KEYS, UNIQ_KEY and TAGS, newest first, in pages without an end', async () => {
      const { store, clock } = await make()
      const puts = numbers(0, 150).map(i =>
        store.put(
          draftOf(
            'T',
            i % 3,
            `${i}`,
            withProperties({ KEYS: `all k${i} all`, UNIQ_KEY: `u${i}`, TAGS: i % 2 ? 'odd' : 'even' })
          )
        )
      )
      await Promise.all(puts)
      await store.put(draftOf('Other', 0, 'other', withProperties({ KEYS: 'all' })))
      const found = await store.query(query('k77'))
      expect(found.messages.map(bytes => decodeMessages(bytes)[0]?.body.toString())).to.deep.equal(['77'])
      expect(found.next).to.equal(undefined)
      expect((await store.query(query('u5', 'U'))).messages).to.have.length(1)
      expect((await store.query(query('u5', 'K'))).messages).to.have.length(0)
      expect((await store.query(query('odd', 'T'))).messages).to.have.length(32)
      const all: string[] = []
      let before: number | undefined
      do {
        const page = await store.query(before === undefined ? query('all') : { ...query('all'), before })
        all.push(...page.messages.map(bytes => decodeMessages(bytes)[0]?.body.toString() ?? ''))
        before = page.next
      } while (before !== undefined)
      expect(all).to.deep.equal(numbers(0, 150).reverse().map(String))
      const later = { ...query('k77'), beginMs: clock.now() + 1 }
      expect((await store.query(later)).messages).to.have.length(0)
    })

    it('finds a message only at the very offset where it starts', async () => {
      const { store } = await make()
      const places = await putMany(store, 'T', 5)
      const third = places[2]!
      expect(decodeMessages((await store.messageAt(third.physicalOffset))!)[0]?.body.toString()).to.equal('2')
      for (const wrong of [third.physicalOffset + 1, third.physicalOffset - 1, -1, 1e12]) {
        expect(await store.messageAt(wrong)).to.equal(undefined)
      }
    })
  })

  describe('many segments', () => {
    const small = { mappedFileSizeCommitLog: 16 * 1024, slabBytes: 8192, recentBytesMax: 16_384 }

    it('rolls as the files of Apache do: a message never crosses a boundary, offsets jump to the next one', async () => {
      const { store } = await make(small)
      const places = await putMany(store, 'T', 400, 2, 50)
      let jumps = 0
      for (const [i, place] of places.entries()) {
        const start = Math.floor(place.physicalOffset / 16_384) * 16_384
        expect(place.physicalOffset + place.size + 8).to.be.at.most(start + 16_384)
        const previous = places[i - 1]
        if (previous === undefined || place.physicalOffset === previous.physicalOffset + previous.size) continue
        expect(place.physicalOffset).to.equal(start)
        expect(previous.physicalOffset + previous.size + place.size + 8, 'it would not have fitted').to.be.above(start)
        jumps++
      }
      expect(jumps).to.be.above(2)
      expect(store.stats().segmentCount).to.be.at.least(jumps + 1)
      for (const queueId of [0, 1]) {
        const read = await readAll(store, 'T', queueId, 0, { messagesMax: 7, bytesMax: 1 << 20 })
        expect(read.map(message => Number.parseInt(message.body.toString(), 10))).to.deep.equal(
          numbers(0, 200).map(i => i * 2 + queueId)
        )
      }
      for (const i of [0, 133, 399]) {
        expect((await store.query(query(`k${i}`))).messages, `k${i}`).to.have.length(1)
        expect(await store.messageAt(places[i]!.physicalOffset)).to.have.length(places[i]!.size)
      }
      const lastOfFirst = places.filter(place => place.physicalOffset < 16_384).at(-1)!
      expect(await store.messageAt(lastOfFirst.physicalOffset + lastOfFirst.size), 'BLANK is no message').to.equal(
        undefined
      )
    })

    it('reads everything back after a close, and goes on where it was', async () => {
      let under = await make(small)
      await putMany(under.store, 'T', 300, 3, 80)
      under = await under.reopen()
      const { store } = under
      expect(store.stats().maxPhysicalOffset).to.be.above(16_384 * 2)
      for (const queueId of [0, 1, 2]) expect(await readAll(store, 'T', queueId)).to.have.length(100)
      expect((await store.put(draftOf('T', 1, 'next'))).queueOffset).to.equal(100)
      for (const i of [0, 150, 299]) expect((await store.query(query(`k${i}`))).messages).to.have.length(1)
    })

    it('removes expired segments, raises least offsets, and never lets them go back', async () => {
      let under = await make({ ...small, fileReservedTime: 1 })
      await putMany(under.store, 'T', 300, 3, 80)
      under.clock.advance(2 * 3_600_000)
      await putMany(under.store, 'T', 30, 3, 80, 300)
      const before = under.store.stats()
      expect(await under.store.clean()).to.be.at.least(2)
      const check = async ({ store }: StoreUnderTest) => {
        expect(store.stats().minPhysicalOffset).to.be.above(before.minPhysicalOffset)
        for (const queueId of [0, 1, 2]) {
          const least = store.minOffset('T', queueId)
          expect(least).to.be.within(1, 109)
          const read = await readAll(store, 'T', queueId)
          expect(read.map(message => Number.parseInt(message.body.toString(), 10))).to.deep.equal(
            numbers(least, 110).map(i => i * 3 + queueId)
          )
          expect(await store.read('T', queueId, 0, everything)).to.include({
            status: 'OFFSET_TOO_SMALL',
            nextOffset: least
          })
        }
        expect((await store.query(query('k0'))).messages).to.have.length(0)
        expect(await store.messageAt(0)).to.equal(undefined)
      }
      await check(under)
      const least = under.store.minOffset('T', 0)
      under = await under.reopen()
      await check(under)
      expect(under.store.minOffset('T', 0)).to.equal(least)
    })
  })

  describe('topics that are deleted', () => {
    it('are forgotten, and begin at offset 0 when they come again', async () => {
      let under = await make({ mappedFileSizeCommitLog: 16 * 1024 })
      await putMany(under.store, 'T', 50, 2)
      await putMany(under.store, 'Kept', 5)
      await under.store.flush()
      await under.store.deleteTopic('T')
      expect(under.store.queue('T', 0)).to.equal(undefined)
      expect((await under.store.query(query('k3'))).messages).to.have.length(0)
      expect((await under.store.put(draftOf('T', 0, 'again'))).queueOffset).to.equal(0)
      for (const next of [() => under.afterCrash(), () => under.reopen()]) {
        under = await next()
        expect(bodies(await readAll(under.store, 'T', 0))).to.deep.equal(['again'])
        expect(under.store.queue('T', 1)).to.equal(undefined)
        expect(await readAll(under.store, 'Kept', 0)).to.have.length(5)
      }
    })
  })

  describe('meta', () => {
    it('keeps rows by table, in atomic writes that survive a crash', async () => {
      let under = await make()
      await under.store.meta.write([
        { table: 'topic', key: 'a/b', value: '{"x":1}' },
        { table: 'topic', key: 'gone', value: '{}' },
        { table: 'offset', key: 'g@ü', value: '5' }
      ])
      await under.store.meta.write([{ table: 'topic', key: 'gone', value: undefined }])
      under = await under.afterCrash()
      expect(await under.store.meta.rows('topic')).to.deep.equal(new Map([['a/b', '{"x":1}']]))
      expect(await under.store.meta.rows('offset')).to.deep.equal(new Map([['g@ü', '5']]))
      expect(await under.store.meta.rows('group')).to.deep.equal(new Map())
    })
  })

  describe('after a crash', () => {
    for (const flushDiskType of ['ASYNC_FLUSH', 'SYNC_FLUSH'] as const) {
      it(`has everything that was acknowledged: ${flushDiskType}`, async () => {
        let under = await make({ flushDiskType, mappedFileSizeCommitLog: 64 * 1024 })
        for (const round of numbers(0, 4)) {
          await putMany(under.store, 'T', 250, 5, 60, round * 250)
          if (round === 1) await under.store.clean()
          under = await under.afterCrash()
          for (const queueId of numbers(0, 5)) {
            const read = await readAll(under.store, 'T', queueId)
            expect(read.map(message => Number.parseInt(message.body.toString(), 10))).to.deep.equal(
              numbers(0, (round + 1) * 50).map(i => i * 5 + queueId)
            )
          }
          for (const i of [0, round * 250, round * 250 + 249]) {
            expect((await under.store.query(query(`u${i}`, 'U'))).messages, `u${i}`).to.have.length(1)
          }
        }
      })
    }

    it('keeps tag codes and store times of what it rebuilds', async () => {
      const tagsCodeOf = (topic: string, _: Buffer, storeTimestamp: number): number =>
        topic === 'S' ? storeTimestamp + 1000 : 3
      let under = await make({ tagsCodeOf })
      const place = await under.store.put(draftOf('S', 0, 'delayed', { tagsCode: under.clock.now() + 1000 }))
      under = await under.afterCrash()
      expect(under.store.queue('S', 0)?.tagsCodeAt(0)).to.equal(place.storeTimestamp + 1000)
      expect(await under.store.storeTimeAt('S', 0, 0)).to.equal(place.storeTimestamp)
    })
  })

  it('shows the entries of consume queues, in memory and on disk, and which topics have any', async () => {
    let under = await make()
    expect(under.store.topics()).to.deep.equal([])
    const places: Place[] = []
    for (let i = 0; i < 5; i++) places.push(await under.store.put(draftOf('T', 1, `${i}`, { tagsCode: i * 10 })))
    await under.store.put(draftOf('U', 0, 'other'))
    const entries = places.map(({ queueOffset, physicalOffset, size }) => ({
      queueOffset,
      physicalOffset,
      size,
      tagsCode: queueOffset * 10
    }))
    for (const when of ['in memory', 'on disk']) {
      expect(await under.store.entries('T', 1, 1, 2), when).to.deep.equal(entries.slice(1, 3))
      expect(await under.store.entries('T', 1, 0, 100), when).to.deep.equal(entries)
      expect(await under.store.entries('T', 1, 5, 100), when).to.deep.equal([])
      expect(await under.store.entries('T', 0, 0, 100), when).to.deep.equal([])
      expect([...under.store.topics()].sort(), when).to.deep.equal(['T', 'U'])
      under = await under.reopen()
    }
    await under.store.deleteTopic('T')
    expect(under.store.topics()).to.deep.equal(['U'])
  })

  it('refuses appends when it is closed, and closes twice', async () => {
    const { store } = await make()
    await store.put(draftOf('T', 0, 'x'))
    await Promise.all([store.close(), store.close()])
    expect(store.writable).to.equal(false)
    expect((await rejection(store.put(draftOf('T', 0, 'y')))).code).to.equal('MQ_STORE_UNAVAILABLE')
  })

  it('flush makes what was appended before it durable', async () => {
    const { store } = await make()
    const pending = putMany(store, 'T', 10)
    await store.flush()
    const stats = store.stats()
    expect(stats.flushedPhysicalOffset).to.equal(stats.maxPhysicalOffset).and.to.be.above(0)
    await pending
  })
}
