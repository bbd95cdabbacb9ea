/** Servers that go away under clients, handlers that misbehave, many clients: what must hold all the same. */
import { expect } from 'chai'
import {
  Admin,
  type Dev,
  LitePullConsumer,
  type OpenAdmin,
  Producer,
  PushConsumer,
  type PushConsumerOptions,
  startDev
} from '../../src/index.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { freeBasePort } from '../interop/peer.ts'
import { eventually } from '../support/eventually.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const broker = { messageDelayLevel: '1s 1s 1s 1s 1s' }

describe('clients in trouble', function () {
  this.timeout(60_000)
  let dir: TempDir
  let dev: Dev
  let admin: OpenAdmin
  let start: () => Promise<Dev>
  const closing: (() => Promise<void>)[] = []

  before(async () => {
    dir = tempDir()
    const ports = String(await freeBasePort())
    start = () => startDev({ ports, dataDir: dir.path, broker })
    dev = await start()
    admin = await Admin.open({ namesrvAddr: dev.namesrvAddr })
  })
  afterEach(() => Promise.all(closing.splice(0).map(end => end())))
  after(async () => {
    await admin.close()
    await dev.stop()
    dir.remove()
  })

  const newTopic = async (topic: string, queues = 4): Promise<string> => {
    const spec = { topic, readQueueNums: queues, writeQueueNums: queues, perm: 6, order: false, attributes: {} }
    await admin.createTopic(spec, { existing: 'keep', wait: true })
    return topic
  }
  const push = async (options: Omit<PushConsumerOptions, 'namesrvAddr'>): Promise<PushConsumer> => {
    const consumer = await PushConsumer.open({ namesrvAddr: dev.namesrvAddr, from: 'first', ...options })
    closing.push(() => consumer.close())
    return consumer
  }
  const produce = async (options: Parameters<typeof Producer.open>[0] = {}): Promise<Producer> => {
    const producer = await Producer.open({ namesrvAddr: dev.namesrvAddr, ...options })
    closing.push(() => producer.close())
    return producer
  }

  it('servers that are restarted: what was acknowledged is consumed, without opening a client anew', async () => {
    const topic = await newTopic('restarted')
    const [got, acked] = [new Set<string>(), new Set<string>()]
    await push({ group: 'restarted', topics: { [topic]: '*' }, handler: message => got.add(message.body.toString()) })
    const producer = await produce()
    let over = false
    let refused = 0
    const sending = (async () => {
      for (let at = 0; !over; at++) {
        const sent = await producer
          .send({ topic, body: Buffer.from(String(at)) }, { timeoutMs: 500 })
          .catch(() => undefined)
        if (sent === undefined) refused++
        else acked.add(String(at))
      }
    })()
    for (let round = 0; round < 2; round++) {
      const before = acked.size
      await eventually(() => acked.size > before + 50, 'sends')
      await dev.stop()
      const failed = refused
      await eventually(() => refused > failed, 'a send that fails')
      dev = await start()
    }
    const before = acked.size
    await eventually(() => acked.size > before + 50, 'sends after the restarts', 40_000)
    over = true
    await sending
    await eventually(() => [...acked].every(text => got.has(text)), 'all that was acknowledged', 40_000)
  })

  it('handlers that throw, never end, or are slow do not hold up the others', async () => {
    const topic = await newTopic('naughty', 1)
    const done: string[] = []
    const tries = new Map<string, number>()
    const consumer = await push({
      group: 'naughty',
      topics: { [topic]: '*' },
      concurrency: 4,
      consumeTimeoutMs: 300,
      handler: async (message, { attempt }) => {
        const text = message.body.toString()
        tries.set(text, attempt)
        if (attempt === 1 && text.startsWith('throw')) throw new Error('no')
        if (attempt === 1 && text.startsWith('sync')) throw undefined
        if (attempt === 1 && text.startsWith('never')) return new Promise(() => {})
        if (text.startsWith('slow')) await new Promise<void>(resolve => systemClock.after(50, resolve))
        done.push(text)
        return undefined
      }
    })
    const producer = await produce()
    const texts = Array.from({ length: 60 }, (_, at) => `${['throw', 'sync', 'never', 'slow', 'good'][at % 5]}${at}`)
    await Promise.all(texts.map(text => producer.send({ topic, body: Buffer.from(text) })))
    await eventually(() => done.length >= 60, 'all of them', 40_000)
    expect([...new Set(done)].sort()).to.deep.equal([...texts].sort())
    expect(Math.max(...tries.values())).to.equal(2)
    await consumer.close()
    const committed = await LitePullConsumer.open({ namesrvAddr: dev.namesrvAddr, group: 'naughty' })
    closing.push(() => committed.close())
    const [queue] = await committed.queuesOf(topic)
    expect(await committed.committed(queue!)).to.equal(60)
  })

  it('a handler that never ends keeps `close` no longer than `drainMs`, and its message comes again', async () => {
    const topic = await newTopic('hung', 1)
    let began = 0
    const options = { group: 'hung', topics: { [topic]: '*' }, drainMs: 100 }
    const hung = await push({
      ...options,
      handler: () => {
        began++
        return new Promise(() => {})
      }
    })
    const producer = await produce()
    await producer.send({ topic, body: Buffer.from('x') })
    await eventually(() => began === 1, 'the handler')
    const from = performance.now()
    await hung.close()
    expect(performance.now() - from).to.be.within(90, 3000)
    const got: string[] = []
    await push({ ...options, handler: message => got.push(message.body.toString()) })
    await eventually(() => got.length === 1, 'the message again')
  })

  it('a hundred producers at once, each heard', async () => {
    const topic = await newTopic('crowd')
    const producers = await Promise.all(Array.from({ length: 100 }, (_, at) => produce({ group: `crowd-${at}` })))
    const receipts = await Promise.all(
      producers.flatMap((producer, at) =>
        Array.from({ length: 5 }, (_, n) => producer.send({ topic, body: Buffer.from(`${at} ${n}`) }))
      )
    )
    expect(new Set(receipts.map(receipt => receipt.messageId)).size).to.equal(500)
    expect(new Set(receipts.map(({ queueId, queueOffset }) => `${queueId} ${queueOffset}`)).size).to.equal(500)
  })
})
