/** 10,000 topics of four queues: how long a restart takes, what they cost in memory, what sends to all of them reach. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { RawClient } from '../support/raw-client.ts'
import { propertyText } from '../support/raw-message.ts'
import { BrokerProcess } from './broker-process.ts'

const topicCount = 10_000
const queues = 4
const inFlight = 256

const nameOf = (n: number): string => `many-${n}`

const makeTopics = async (client: RawClient): Promise<void> => {
  for (let from = 0; from < topicCount; from += 500) {
    const topicConfigList = Array.from({ length: 500 }, (_, n) => ({
      topicName: nameOf(from + n),
      readQueueNums: queues,
      writeQueueNums: queues,
      perm: 6,
      topicFilterType: 'SINGLE_TAG',
      topicSysFlag: 0,
      order: false,
      attributes: {}
    }))
    const answer = await client.ask(18, {}, Buffer.from(JSON.stringify({ topicConfigList })), 30_000)
    if (answer.code !== 0) throw new Error(`${answer.code} ${answer.remark}`)
  }
}

/** Sends `count` messages, the n-th to the place that `place` names; resolves to messages per second. */
const sendAll = async (client: RawClient, count: number, place: (n: number) => [string, number]): Promise<number> => {
  let next = 0
  const started = performance.now()
  const lane = async (): Promise<void> => {
    while (next < count) {
      const n = next++
      const [topic, queueId] = place(n)
      const fields = { a: 'many', b: topic, c: 'TBW102', d: 4, e: queueId, f: 0, g: 0, h: 0 }
      const answer = await client.ask(
        310,
        { ...fields, i: propertyText({ UNIQ_KEY: `M${n}`, TAGS: 'T' }) },
        Buffer.alloc(128, 97),
        30_000
      )
      if (answer.code !== 0) throw new Error(`${topic}: ${answer.code} ${answer.remark}`)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return (count / (performance.now() - started)) * 1_000
}

/** MiB of RssAnon + RssShmem. */
const memoryMiB = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
  return Math.round((kilobytes('RssAnon') + kilobytes('RssShmem')) / 1024)
}

describe('10,000 topics of four queues', function () {
  this.timeout(240_000)
  const dir = mkdtempSync(join(tmpdir(), 'mq-many-'))
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('are back within ten seconds after a kill, with every queue at its end', async () => {
    const options = {
      storePathRootDir: join(dir, 'store'),
      listenPort: 0,
      mappedFileSizeCommitLog: 1 << 30,
      writeBufferBytes: 4 << 20
    }
    const broker = await BrokerProcess.start({ options })
    const client = await broker.client()
    const emptyMiB = memoryMiB(broker.pid)
    await makeTopics(client)
    const madeMiB = memoryMiB(broker.pid)
    await sendAll(client, 20_000, n => [nameOf(0), n % queues])
    const one = await sendAll(client, 40_000, n => [nameOf(0), n % queues])
    const first = await sendAll(client, topicCount * queues, n => [nameOf(n % topicCount), Math.floor(n / topicCount)])
    const all = await sendAll(client, topicCount * queues, n => [nameOf(n % topicCount), Math.floor(n / topicCount)])
    const fullMiB = memoryMiB(broker.pid)
    client.destroy()
    await broker.kill()
    const started = performance.now()
    const again = await BrokerProcess.start({ options })
    const restartMs = performance.now() - started
    const reader = await again.client()
    const ends = new Set<string>()
    for (let n = 1; n < topicCount; n += 97) {
      const answer = await reader.ask(30, { topic: nameOf(n), queueId: n % queues })
      ends.add(`${answer.code} ${answer.fields.get('offset')}`)
    }
    const restartedMiB = memoryMiB(again.pid)
    reader.destroy()
    await again.kill()
    console.log(
      `      restart after a kill ${Math.round(restartMs)} ms, of which the start of the process about 500 ms`
    )
    console.log(
      `      memory ${emptyMiB} MiB empty, ${madeMiB} with the topics, ${fullMiB} after the sends, ${restartedMiB} restarted`
    )
    console.log(
      `      sends per second from one connection: ${Math.round(one)} to one topic, ${Math.round(first)} the first to each of ${topicCount * queues} queues, ${Math.round(all)} the second`
    )
    expect([...ends]).to.deep.equal(['0 2'])
    expect(restartMs).to.be.at.most(10_000)
  })
})
