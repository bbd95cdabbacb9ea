/**
 * 1,000 topics and 300 groups: the lists of operators stay quick, cost the daemon no memory, and do not slow down sends.
 * Times are counted in starts of a bare Node, 40 ms on a quiet machine, since a busy one slows down both alike.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { eventually } from '../support/eventually.ts'
import { RawClient } from '../support/raw-client.ts'
import { propertyText } from '../support/raw-message.ts'
import { tempDir } from '../support/temp-dir.ts'

const [topicCount, groupCount, topicsPerGroup, queues] = [1000, 300, 10, 4]
const run = promisify(execFile)
const program = join(process.cwd(), 'bin/run.js')
const topicOf = (n: number): string => `scale-topic-${n % topicCount}`
const groupOf = (n: number): string => `scale-group-${n}`

/** MiB of RssAnon + RssShmem. */
const memoryMiB = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
  return Math.round((kilobytes('RssAnon') + kilobytes('RssShmem')) / 1024)
}

describe('1,000 topics of four queues, 300 groups', function () {
  this.timeout(240_000)
  const dir = tempDir()
  const members: RawClient[] = []
  let dev: ChildProcess
  let addresses: { readonly namesrv: string; readonly broker: string; readonly http: string }
  let client: RawClient

  const ask = async (code: number, fields: Record<string, string | number>, body: object | undefined) => {
    const answer = await client.ask(
      code,
      fields,
      body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      30_000
    )
    expect(answer.code, answer.remark).to.equal(0)
  }
  const connect = (): Promise<RawClient> => RawClient.connect(Number(addresses.broker.split(':')[1]))

  before(async () => {
    const ready = join(dir.path, 'ready.json')
    const args = ['dev', '--ports', 'auto', '--data-dir', join(dir.path, 'data'), '--ready-file', ready]
    dev = spawn(process.execPath, [program, ...args], { stdio: 'ignore' })
    await eventually(() => existsSync(ready) && readFileSync(ready, 'utf8') !== '', 'the daemon', 30_000)
    addresses = JSON.parse(readFileSync(ready, 'utf8'))
    client = await connect()
    const topic = {
      readQueueNums: queues,
      writeQueueNums: queues,
      perm: 6,
      topicFilterType: 'SINGLE_TAG',
      topicSysFlag: 0
    }
    const topicConfigList = Array.from({ length: topicCount }, (_, n) => ({
      ...topic,
      topicName: topicOf(n),
      order: false
    }))
    await ask(18, {}, { topicConfigList })
    const groupConfigList = Array.from({ length: groupCount }, (_, n) => ({
      groupName: groupOf(n),
      consumeEnable: true
    }))
    await ask(225, {}, { groupConfigList })
    for (let n = 0; n < topicCount; n++) await send(topicOf(n))
    for (let n = 0; n < groupCount; n++) {
      for (let at = 0; at < topicsPerGroup; at++) {
        const place = { consumerGroup: groupOf(n), topic: topicOf(n * 7 + at), queueId: 0, commitOffset: 1 }
        await ask(15, place, undefined)
      }
    }
    for (let n = 0; n < groupCount; n += 3) await joinGroup(n)
  })
  after(async () => {
    for (const member of [...members, client]) member?.destroy()
    const ended = new Promise(resolve => dev.once('exit', resolve))
    dev.kill('SIGTERM')
    await ended
    dir.remove()
  })

  /** A member of the group, as brokers know it by its heartbeat. */
  const joinGroup = async (n: number): Promise<void> => {
    const member = await connect()
    members.push(member)
    const subscriptionDataSet = [{ topic: topicOf(n * 7), subString: '*', tagsSet: [], codeSet: [], subVersion: 1 }]
    const consumer = { groupName: groupOf(n), consumeType: 'CONSUME_PASSIVELY', messageModel: 'CLUSTERING' }
    const from = { consumeFromWhere: 'CONSUME_FROM_LAST_OFFSET', unitMode: false }
    const beat = {
      clientID: `c${n}`,
      producerDataSet: [],
      consumerDataSet: [{ ...consumer, ...from, subscriptionDataSet }]
    }
    expect((await member.ask(34, {}, Buffer.from(JSON.stringify(beat)), 10_000)).code).to.equal(0)
  }

  const send = async (topic: string): Promise<number> => {
    const fields = { a: 'scale', b: topic, c: 'TBW102', d: 4, e: 0, f: 0, g: 0, h: 0, i: propertyText({ TAGS: 'T' }) }
    const began = performance.now()
    const answer = await client.ask(310, fields, Buffer.alloc(128, 97), 30_000)
    if (answer.code !== 0) throw new Error(`${topic}: ${answer.code} ${answer.remark}`)
    return performance.now() - began
  }
  /** The 99th percentile of sends, one each millisecond or two, until `over` says so; milliseconds. */
  const p99Until = async (over: () => boolean): Promise<number> => {
    const times: number[] = []
    for (let n = 0; !over(); n++) {
      times.push(await send(topicOf(n)))
      await new Promise<void>(resolve => systemClock.after(1, resolve))
    }
    return times.sort((left, right) => left - right)[Math.floor(times.length * 0.99)]!
  }
  const list = async (what: string): Promise<{ rows: number; ms: number }> => {
    const began = performance.now()
    const args = [program, what, 'list', '--api', addresses.http, '--json']
    const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 26 })
    const { items } = JSON.parse(stdout) as { items: unknown[] }
    return { rows: items.length, ms: performance.now() - began }
  }
  const quickest = async (what: string, rows: number): Promise<number> => {
    let best = Number.POSITIVE_INFINITY
    for (let at = 0; at < 3; at++) {
      const listed = await list(what)
      expect(listed.rows).to.be.at.least(rows)
      best = Math.min(best, listed.ms)
    }
    return best
  }

  /** The quickest of three starts of a Node that does nothing, milliseconds. */
  const nodeMs = async (): Promise<number> => {
    let best = Number.POSITIVE_INFINITY
    for (let at = 0; at < 3; at++) {
      const began = performance.now()
      await run(process.execPath, ['-e', '0'])
      best = Math.min(best, performance.now() - began)
    }
    return best
  }

  it('mq group list takes two seconds at most', async () => {
    const [ms, unit] = [await quickest('group', groupCount), await nodeMs()]
    expect(ms / unit, `${Math.round(ms)} ms, a bare Node takes ${Math.round(unit)} ms`).to.be.lessThan(50)
  })

  it('mq topic list takes a second at most', async () => {
    const [ms, unit] = [await quickest('topic', topicCount), await nodeMs()]
    expect(ms / unit, `${Math.round(ms)} ms, a bare Node takes ${Math.round(unit)} ms`).to.be.lessThan(25)
  })

  const both = async (times: number): Promise<void> => {
    for (let at = 0; at < times; at++) for (const what of ['group', 'topic']) await list(what)
  }

  // Without sends beside: what they store is kept in memory for consumers, and is not the lists'.
  it('repeated lists leave no memory behind', async () => {
    await both(10)
    const early = memoryMiB(dev.pid!)
    await both(20)
    const late = memoryMiB(dev.pid!)
    expect(late - early, `MiB: ${early}, then ${late}`).to.be.lessThan(16)
  })

  it('sends are at most twice as slow during lists as beside other programs', async () => {
    /** Costs a processor what the command itself costs, and the broker nothing: there are only two processors. */
    const help = async (times: number): Promise<void> => {
      for (let at = 0; at < times; at++) await run(process.execPath, [program, 'topic', 'list', '--help'])
    }
    const p99Beside = async (work: Promise<void>): Promise<number> => {
      let over = false
      const ended = work.finally(() => {
        over = true
      })
      const p99 = await p99Until(() => over)
      await ended
      return p99
    }
    const from = performance.now()
    const alone = await p99Until(() => performance.now() - from > 5000)
    const besideHelp = await p99Beside(help(30))
    const besideLists = await p99Beside(both(10))
    const told = [alone, besideHelp, besideLists].map(ms => ms.toFixed(2)).join(', ')
    console.log(`      sends' p99: alone, beside programs that ask nothing, beside lists: ${told} ms`)
    expect(besideLists, told).to.be.lessThan(Math.max(2 * besideHelp, 5))
  })
})
