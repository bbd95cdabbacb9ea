/** Delivery of delayed messages over a real store, under a clock that the test moves. */
import { expect } from 'chai'
import { createDelayLevels } from '../../../src/broker/delay/delay-levels.ts'
import { createDelayService, type DelayService } from '../../../src/broker/delay/delay-service.ts'
import { divert, tagsCodeOfStored } from '../../../src/broker/delay/delayed-message.ts'
import { MqError } from '../../../src/kit/errors.ts'
import { encodeHost } from '../../../src/protocol/host-bytes.ts'
import { decodeMessages, type StoredMessage } from '../../../src/protocol/message.ts'
import { formatProperties } from '../../../src/protocol/message-properties.ts'
import { tagsCode } from '../../../src/protocol/tags-code.ts'
import type { MessageStore } from '../../../src/store/contract.ts'
import { openStore } from '../../../src/store/message-store.ts'
import { eventually } from '../../support/eventually.ts'
import { type ManualClock, manualClock } from '../../support/manual-clock.ts'
import { silentLog } from '../../support/silent-log.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'
import { wrapStore } from '../wrapped-store.ts'

const start = 1_700_000_000_000

describe('delay service', () => {
  let dir: TempDir
  let clock: ManualClock
  let store: MessageStore
  let service: DelayService
  let log: ReturnType<typeof silentLog>
  let counted = 0
  let levels = createDelayLevels(manualClock())

  const open = async (atMs: number, wrap: (real: MessageStore) => MessageStore = real => real): Promise<void> => {
    clock = manualClock(atMs)
    levels = createDelayLevels(clock)
    log = silentLog()
    const options = {
      dir: dir.path,
      mappedFileSizeCommitLog: 4 << 20,
      tagsCodeOf: tagsCodeOfStored(levels),
      ballastBytes: 0
    }
    store = wrap(await openStore(options, { clock, log }))
    const traffic = {
      stored: (_: string, messages: number) => {
        counted += messages
      }
    }
    service = await createDelayService({ store, delayLevels: levels, traffic, clock, log })
  }
  const close = async (): Promise<void> => {
    await service.close()
    await store.close()
  }
  beforeEach(async () => {
    dir = tempDir()
    counted = 0
    await open(start)
  })
  afterEach(async () => {
    await close()
    dir.remove()
  })

  const send = async (body: string, level: number): Promise<void> => {
    const properties = new Map([
      ['TAGS', 'TagA'],
      ['DELAY', String(level)]
    ])
    const target = divert({ topic: 'Real', queueId: 2, tagsCode: tagsCode('TagA') }, properties, levels)
    await store.put({
      ...target,
      flag: 9,
      sysFlag: 1,
      bornTimestamp: 5,
      bornHost: encodeHost('10.1.2.3', 77),
      reconsumeTimes: 4,
      preparedTransactionOffset: 0,
      body: Buffer.from(body),
      properties: Buffer.from(formatProperties(properties))
    })
  }
  const real = async (): Promise<StoredMessage[]> => {
    const found: StoredMessage[] = []
    while (found.length < store.maxOffset('Real', 2)) {
      const { messages } = await store.read('Real', 2, found.length, { messagesMax: 1000, bytesMax: 1 << 20 })
      found.push(...decodeMessages(messages))
    }
    return found
  }
  const bodies = async (): Promise<string[]> => (await real()).map(({ body }) => body.toString())
  /** Lets everything run that needs no more time. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 50; i++) await new Promise(resolve => setImmediate(resolve))
  }

  it('delivers a message when its time has come, not a millisecond before', async () => {
    await send('five', 2)
    clock.advance(4999)
    await settle()
    expect(await bodies()).to.deep.equal([])
    clock.advance(2)
    await eventually(() => store.maxOffset('Real', 2) === 1, 'delivered')
    const [message] = await real()
    expect(message).to.include({ topic: 'Real', queueId: 2, flag: 9, bornTimestamp: 5, reconsumeTimes: 4 })
    expect(message!.properties.toString()).to.equal(
      'TAGS\u0001TagA\u0002DELAY\u00012\u0002REAL_TOPIC\u0001Real\u0002REAL_QID\u00012\u0002'
    )
    expect(message!.bornHost.equals(encodeHost('10.1.2.3', 77))).to.equal(true)
    const matches = (code: number): boolean => code === tagsCode('TagA')
    expect((await store.read('Real', 2, 0, { messagesMax: 1, bytesMax: 1, matches })).status).to.equal('FOUND')
    expect(counted).to.equal(1)
  })

  it('delivers the messages of a level in order, and levels beside each other', async () => {
    for (let i = 0; i < 100; i++) {
      await send(`slow ${i}`, 3)
      await send(`quick ${i}`, 1)
      clock.advance(20)
    }
    clock.advance(20_000)
    await eventually(() => store.maxOffset('Real', 2) === 200, 'all delivered')
    const all = await bodies()
    for (const kind of ['slow', 'quick']) {
      expect(all.filter(body => body.startsWith(kind))).to.deep.equal(
        Array.from({ length: 100 }, (_, i) => `${kind} ${i}`)
      )
    }
    expect(service.delivered(1)).to.equal(100)
    expect(service.delivered(3)).to.equal(100)
  })

  it('goes on where it was after a stop: none lost, none twice', async () => {
    for (let i = 0; i < 50; i++) {
      await send(String(i), 1)
      clock.advance(100)
    }
    await eventually(() => store.maxOffset('Real', 2) >= 40, 'those that are due')
    const now = clock.now()
    await close()
    await open(now)
    clock.advance(2000)
    await eventually(() => store.maxOffset('Real', 2) >= 50, 'the rest')
    await settle()
    expect(await bodies()).to.deep.equal(Array.from({ length: 50 }, (_, i) => String(i)))
  })

  it('makes nothing early or late by much when the wall clock was set back between two runs', async () => {
    await send('first', 3)
    clock.advance(2000)
    await send('second', 3)
    await close()
    await open(start - 3_600_000)
    await settle()
    clock.advance(9999)
    await settle()
    expect(await bodies()).to.deep.equal([])
    clock.advance(2)
    await eventually(() => store.maxOffset('Real', 2) === 1, 'the first')
    clock.advance(2000)
    await eventually(() => store.maxOffset('Real', 2) === 2, 'the second, as long after the first as it was sent')
    await send('third', 3)
    clock.advance(9999)
    await settle()
    expect(store.maxOffset('Real', 2)).to.equal(2)
    clock.advance(2)
    await eventually(() => store.maxOffset('Real', 2) === 3, 'the third, which has nothing to do with it')
  })

  it('tries again what the store refused, and keeps the order', async () => {
    await close()
    let refusals = 3
    await open(start, opened =>
      wrapStore(opened, {
        append(draft, pending) {
          if (draft.topic !== 'Real' || refusals-- <= 0) opened.append(draft, pending)
          else pending.done(new MqError('MQ_STORE_UNAVAILABLE', 'no'))
        }
      })
    )
    for (let i = 0; i < 10; i++) await send(String(i), 1)
    clock.advance(1001)
    await eventually(() => log.lines.filter(({ level }) => level === 'warn').length === 3, 'three refusals')
    expect(service.delivered(1)).to.equal(0)
    clock.advance(100)
    await eventually(() => service.delivered(1) === 10, 'all delivered')
    expect((await bodies()).sort()).to.deep.equal(Array.from({ length: 10 }, (_, i) => String(i)))
  })

  it('leaves out a message that says nowhere to go, and goes on', async () => {
    await store.put({
      topic: 'SCHEDULE_TOPIC_XXXX',
      queueId: 0,
      tagsCode: start,
      flag: 0,
      sysFlag: 0,
      bornTimestamp: 0,
      bornHost: Buffer.alloc(8),
      reconsumeTimes: 0,
      preparedTransactionOffset: 0,
      body: Buffer.from('lost'),
      properties: Buffer.from('DELAY\u00011\u0002')
    })
    await send('next', 1)
    clock.advance(1001)
    await eventually(() => store.maxOffset('Real', 2) === 1, 'the next one')
    expect(log.lines.some(({ level, message }) => level === 'error' && message.includes('where it goes'))).to.equal(
      true
    )
  })

  it('writes its progress behind a barrier of the log, about once a second', async () => {
    const writes: string[] = []
    await close()
    await open(start, opened =>
      wrapStore(opened, {
        flush: async () => {
          await opened.flush()
          writes.push('flush')
        },
        meta: {
          rows: table => opened.meta.rows(table),
          write: async changes => {
            writes.push(changes.map(({ table, key, value }) => `${table} ${key}=${value}`).join())
            await opened.meta.write(changes)
          }
        }
      })
    )
    for (let i = 0; i < 3; i++) await send(String(i), 1)
    clock.advance(1001)
    await eventually(() => service.delivered(1) === 3, 'delivered')
    clock.advance(1000)
    await eventually(() => writes.length === 2, 'written')
    expect(writes).to.deep.equal(['flush', 'delay 1=3'])
    clock.advance(5000)
    await settle()
    expect(writes, 'nothing new, nothing written').to.have.length(2)
  })
})
