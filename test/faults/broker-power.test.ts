/** Power cuts under a whole broker: what an administrator was told is done (A8), and what a consumer was given (A10). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { committedOffsets } from '../history/checkers.ts'
import type { RawClient } from '../support/raw-client.ts'
import { rawMessages } from '../support/raw-message.ts'
import { runSeed, seeded } from '../support/seeded.ts'
import { BrokerProcess } from './broker-process.ts'
import { SendClient } from './clients.ts'
import { LoopDisk, removeTools, syncFault } from './disks.ts'
import { freePort } from './free-port.ts'
import { readBroker } from './read-broker.ts'
import { identify, queueCount, topic } from './traffic.ts'

const afterMs = (delayMs: number): Promise<void> => new Promise(resolve => systemClock.after(delayMs, resolve))

const cut = async (disk: LoopDisk, broker: BrokerProcess): Promise<void> => {
  disk.cut()
  await broker.kill()
  disk.restore()
}

const topicFields = (name: string, queues: number) => ({
  topic: name,
  defaultTopic: 'TBW102',
  readQueueNums: queues,
  writeQueueNums: queues,
  perm: 6,
  topicFilterType: 'SINGLE_TAG',
  topicSysFlag: 0,
  order: false
})

const groupBody = (groupName: string, retryMaxTimes: number): Buffer =>
  Buffer.from(JSON.stringify({ groupName, retryMaxTimes, retryQueueNums: 1, consumeEnable: true }))

describe('a power cut under a broker', function () {
  this.timeout(180_000)
  let disk: LoopDisk
  let home: string
  beforeEach(() => {
    disk = new LoopDisk(600)
    home = mkdtempSync(join(tmpdir(), 'mq-broker-power-'))
  })
  afterEach(() => {
    disk.destroy()
    rmSync(home, { recursive: true, force: true })
  })
  after(removeTools)

  it('keeps every topic and group whose creation or change was answered (A8)', async () => {
    const seed = runSeed()
    const random = seeded(seed)
    const options = { flushDiskType: 'ASYNC_FLUSH', storePathRootDir: join(disk.path, 'store'), listenPort: 0 }
    const topics = new Map<string, number>()
    const groups = new Map<string, number>()
    for (let life = 0; life < 5; life++) {
      const broker = await BrokerProcess.start({ options })
      const client = await broker.client()
      for (let n = 0; n < random.whole(15, 30); n++) {
        const name = random.real() < 0.3 && topics.size > 0 ? random.pick([...topics.keys()]) : `t-${life}-${n}`
        const queues = random.whole(1, 16)
        const made = await client.ask(17, topicFields(name, queues))
        expect(made.code, made.remark).to.equal(0)
        topics.set(name, queues)
        const group = `g-${life}-${n}`
        const grouped = await client.ask(200, {}, groupBody(group, n + 1))
        expect(grouped.code, grouped.remark).to.equal(0)
        groups.set(group, n + 1)
      }
      client.destroy()
      await cut(disk, broker)
    }
    const broker = await BrokerProcess.start({ options })
    const client = await broker.client()
    const missing: string[] = []
    for (const [name, queues] of topics) {
      const answer = await client.ask(351, { topic: name })
      const found = answer.code === 0 ? (JSON.parse(answer.body.toString()) as { writeQueueNums: number }) : undefined
      if (found?.writeQueueNums !== queues)
        missing.push(`${name}: ${answer.code} ${found?.writeQueueNums} for ${queues}`)
    }
    for (const [group, times] of groups) {
      const answer = await client.ask(352, { group })
      const found = answer.code === 0 ? (JSON.parse(answer.body.toString()) as { retryMaxTimes: number }) : undefined
      if (found?.retryMaxTimes !== times) missing.push(`${group}: ${answer.code} ${found?.retryMaxTimes} for ${times}`)
    }
    console.log(`      ${topics.size} topics and ${groups.size} groups over 5 cuts`)
    client.destroy()
    await broker.kill()
    expect(missing, `MQ_SEED=${seed}`).to.deep.equal([])
  })

  /** Reads as a consumer that polls hard and commits what it was given; ends when the connection does. */
  const consume = async (client: RawClient, given: Map<string, string>, committed: Map<number, number>) => {
    const next = Array.from({ length: queueCount }, () => 0)
    try {
      for (let turn = 0; ; turn++) {
        const queueId = turn % queueCount
        const answer = await client.ask(11, {
          consumerGroup: 'fault-group',
          topic,
          queueId,
          queueOffset: next[queueId]!,
          maxMsgNums: 32,
          sysFlag: 4,
          commitOffset: 0,
          suspendTimeoutMillis: 0,
          subscription: '*',
          subVersion: 0
        })
        if (answer.code !== 0) continue
        for (const message of rawMessages(answer.body)) {
          given.set(`${topic}/${queueId}@${message.queueOffset}`, identify(message).id)
          next[queueId] = message.queueOffset + 1
        }
        const commit = { consumerGroup: 'fault-group', topic, queueId, commitOffset: next[queueId]! }
        if ((await client.ask(15, commit)).code === 0) committed.set(queueId, next[queueId]!)
      }
    } catch {
      // The connection ended with the broker.
    }
  }

  it('gives a consumer nothing that is gone after the cut, and no committed offset beyond the end (A10)', async () => {
    const port = await freePort()
    const options = {
      flushDiskType: 'SYNC_FLUSH',
      storePathRootDir: join(disk.path, 'store'),
      listenPort: port,
      flushConsumerOffsetInterval: 200
    }
    const given = new Map<string, string>()
    const asked = new Map<number, number>()
    const client = new SendClient({ port, run: 'c', connections: 4, inFlight: 8, log: join(home, 'acks') })
    try {
      for (let life = 0; life < 3; life++) {
        const broker = await BrokerProcess.start({ options, environment: syncFault({ slow: '.log:500' }) })
        const consumer = await broker.client()
        const consuming = consume(consumer, given, asked)
        await afterMs(4_000 + life * 170)
        await cut(disk, broker)
        await consuming
      }
    } finally {
      await client.stop()
    }
    const broker = await BrokerProcess.start({ options })
    const reader = await broker.client()
    const back = await readBroker(reader)
    const there = new Map(back.reads.map(read => [`${read.queue}@${read.offset}`, read.id]))
    const gone = [...given].filter(([place, id]) => there.get(place) !== id)
    const ends = new Map<string, number>()
    for (const { queue, offset } of back.reads) ends.set(queue, Math.max(ends.get(queue) ?? 0, offset + 1))
    const commits = []
    for (const queueId of asked.keys()) {
      const answer = await reader.ask(14, { consumerGroup: 'fault-group', topic, queueId })
      if (answer.code === 0) {
        commits.push({
          group: 'fault-group',
          queue: `${topic}/${queueId}`,
          offset: Number(answer.fields.get('offset'))
        })
      }
    }
    const wrong = committedOffsets(commits, {
      maxOffset: queue => ends.get(queue) ?? 0,
      asked: (_, queue) => asked.get(Number(queue.split('/')[1])) ?? 0,
      durable: () => undefined
    })
    const lost = client
      .sends()
      .filter(send => send.outcome === 'ok' && there.get(`${send.queue}@${send.offset}`) !== send.id)
    console.log(`      ${given.size} messages were given to the consumer, ${commits.length} offsets committed`)
    reader.destroy()
    await broker.kill()
    expect(given.size, 'the consumer read something').to.be.greaterThan(50)
    expect(gone.slice(0, 5)).to.deep.equal([])
    expect(lost.slice(0, 5)).to.deep.equal([])
    expect(wrong).to.deep.equal([])
  })
})
