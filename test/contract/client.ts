/**
 * What the client library promises, over the address of a cluster: `mq` in this process, or Apache's. Topics and groups
 * get names of their own, so that a cluster may be used again.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { expect } from 'chai'
import {
  Admin,
  byHash,
  LitePullConsumer,
  type MqError,
  type OpenAdmin,
  Producer,
  PushConsumer,
  type PushConsumerOptions,
  type ReceivedMessage
} from '../../src/index.ts'
import { eventually } from '../support/eventually.ts'
import { tempDir } from '../support/temp-dir.ts'

export interface ClientContract {
  /** Which consumers are killed midway. An orderly one's queues move on after its locks have run out: a minute. */
  readonly killed: readonly ('concurrent' | 'orderly')[]
  /** Called once, before the first test. */
  readonly open: () => Promise<string>
  readonly close: () => Promise<void>
  /** Longest wait for the first retry of a message, milliseconds. */
  readonly retryMs: number
}

export const clientContract = ({ open, close, retryMs, killed }: ClientContract): void => {
  let namesrvAddr: string
  let admin: OpenAdmin
  let producer: Producer
  let unique: string
  const closing: (() => Promise<void>)[] = []

  before(async function () {
    this.timeout(60_000)
    namesrvAddr = await open()
    unique = `${process.pid}-${Math.round(performance.timeOrigin).toString(36)}`
    admin = await Admin.open({ namesrvAddr })
    producer = await Producer.open({ namesrvAddr, group: `producers-${unique}` })
  })
  afterEach(async function () {
    this.timeout(60_000)
    await Promise.all(closing.splice(0).map(end => end()))
  })
  after(async function () {
    this.timeout(60_000)
    await producer.close()
    await admin.close()
    await close()
  })

  const newTopic = async (name: string, queues = 4): Promise<string> => {
    const topic = `${name}-${unique}`
    const spec = { topic, readQueueNums: queues, writeQueueNums: queues, perm: 6, order: false, attributes: {} }
    await admin.createTopic(spec, { existing: 'keep', wait: true })
    return topic
  }
  const push = async (options: Omit<PushConsumerOptions, 'namesrvAddr' | 'group'> & { group: string }) => {
    const group = `${options.group}-${unique}`
    const consumer = await PushConsumer.open({ namesrvAddr, from: 'first', ...options, group })
    closing.push(() => consumer.close())
    return consumer
  }
  const pull = async (group: string) => {
    const consumer = await LitePullConsumer.open({ namesrvAddr, from: 'first', group: `${group}-${unique}` })
    closing.push(() => consumer.close())
    return consumer
  }
  const textOf = (message: ReceivedMessage): string => message.body.toString()
  const send = async (topic: string, count: number, first = 0): Promise<void> => {
    for (let at = first; at < first + count; at++) {
      await producer.send({ topic, body: Buffer.from(String(at)), queueId: at % 4 })
    }
  }

  it('a message arrives as it was sent, a large one too', async () => {
    const topic = await newTopic('whole')
    const got: ReceivedMessage[] = []
    await push({ group: 'whole', topics: { [topic]: '*' }, handler: message => got.push(message) })
    const body = Buffer.alloc(100_000, 'compresses well ')
    const properties = [['colour', 'grün'] as const]
    const receipt = await producer.send({ topic, body, keys: 'k1 k2', tags: 'T', properties })
    expect(receipt).to.include({ topic, status: 'SEND_OK' })
    await eventually(() => got.length === 1, 'the message', 20_000)
    const { messageId, queueId, queueOffset, offsetMessageId } = receipt
    expect(got[0]).to.include({ topic, messageId, queueId, queueOffset, offsetMessageId, reconsumeTimes: 0 })
    expect(got[0]!.body.equals(body)).to.equal(true)
    expect(got[0]!.storeSize, 'compressed on the way').to.be.lessThan(10_000)
    expect(Object.fromEntries(got[0]!.properties)).to.include({ KEYS: 'k1 k2', TAGS: 'T', colour: 'grün' })
  }).timeout(30_000)

  for (const compression of ['lz4', 'zstd'] as const) {
    it(`${compression} there and back`, async () => {
      const topic = await newTopic(compression, 1)
      const own = await Producer.open({ namesrvAddr, compression })
      closing.push(() => own.close())
      const body = Buffer.alloc(100_000, 'compresses well ')
      await own.send({ topic, body })
      const consumer = await pull(compression)
      await consumer.assign(await consumer.queuesOf(topic))
      const [got] = await consumer.poll({ timeoutMs: 20_000 })
      expect(got!.body.equals(body)).to.equal(true)
      expect(got!.bodyFault).to.equal(undefined)
      expect(got!.storeSize, 'compressed on the way').to.be.lessThan(10_000)
    }).timeout(40_000)
  }

  it('one-way sends arrive; tags choose', async () => {
    const topic = await newTopic('tags')
    const got: string[] = []
    const topics = { [topic]: 'red || green' }
    await push({ group: 'tags', topics, handler: message => got.push(textOf(message)) })
    for (const tags of ['red', 'blue', 'green']) await producer.sendOneWay({ topic, body: Buffer.from(tags), tags })
    await eventually(() => got.length === 2, 'two of three', 20_000)
    expect(got.sort()).to.deep.equal(['green', 'red'])
  }).timeout(30_000)

  it('a batch is cut by size and keeps its order', async () => {
    const topic = await newTopic('batch', 1)
    const small = await Producer.open({ namesrvAddr, bodyBytesMax: 2000 })
    closing.push(() => small.close())
    const messages = Array.from({ length: 50 }, (_, at) => ({ topic, body: Buffer.from(`${at}`), keys: `key${at}` }))
    const receipts = await small.sendBatch(messages)
    expect(receipts.map(receipt => receipt.queueOffset)).to.deep.equal(messages.map((_, at) => at))
    expect(new Set(receipts.map(receipt => receipt.messageId)).size).to.equal(50)
    const consumer = await pull('batch')
    await consumer.assign(await consumer.queuesOf(topic))
    const got: ReceivedMessage[] = []
    while (got.length < 50) got.push(...(await consumer.poll({ max: 7 })))
    expect(got.map(textOf)).to.deep.equal(messages.map((_, at) => `${at}`))
    expect(got.map(message => message.messageId)).to.deep.equal(receipts.map(receipt => receipt.messageId))
  }).timeout(30_000)

  it('orderly: each key in its order, a failure first tried again', async () => {
    const topic = await newTopic('order')
    const got = new Map<string, string[]>()
    const failed = new Set<string>()
    await push({
      group: 'order',
      topics: { [topic]: '*' },
      orderly: true,
      suspendMs: 10,
      handler: message => {
        const [key, number] = textOf(message).split(' ') as [string, string]
        if (number === '3' && !failed.has(key)) {
          failed.add(key)
          throw new Error('not yet')
        }
        got.set(key, [...(got.get(key) ?? []), number])
      }
    })
    const keys = ['a', 'b', 'c', 'd', 'e']
    for (let at = 0; at < 10; at++) {
      for (const key of keys) {
        await producer.send({ topic, body: Buffer.from(`${key} ${at}`) }, { selector: byHash(key) })
      }
    }
    await eventually(() => [...got.values()].reduce((sum, list) => sum + list.length, 0) === 50, 'all', 30_000)
    for (const key of keys) expect(got.get(key), key).to.deep.equal(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  }).timeout(60_000)

  it('a message that fails comes again, and then is a dead letter', async function () {
    this.timeout(60_000 + 2 * retryMs)
    const topic = await newTopic('retry')
    const tries: { readonly topic: string; readonly attempt: number }[] = []
    await push({
      group: 'retry',
      topics: { [topic]: '*' },
      retriesMax: 1,
      handler: (message, { attempt }) => {
        tries.push({ topic: message.topic, attempt })
        throw new Error('never')
      }
    })
    await producer.send({ topic, body: Buffer.from('unlucky') })
    await eventually(() => tries.length === 2, 'the second try', 30_000 + retryMs)
    expect(tries).to.deep.equal([
      { topic, attempt: 1 },
      { topic, attempt: 2 }
    ])
    const letters = await pull('letters')
    const deadLetters = `%DLQ%retry-${unique}`
    await eventually(async () => (await letters.queuesOf(deadLetters).catch(() => [])).length > 0, 'the queue', 30_000)
    await letters.assign(await letters.queuesOf(deadLetters))
    const dead = await letters.poll({ timeoutMs: 20_000 })
    expect(dead.map(textOf)).to.deep.equal(['unlucky'])
  })

  it('broadcast: every member gets everything, and goes on where it was', async () => {
    const topic = await newTopic('everyone')
    const dir = tempDir()
    const got: Record<string, string[]> = { one: [], two: [] }
    const member = (instance: string) =>
      push({
        group: 'everyone',
        model: 'broadcasting',
        instance,
        offsetsDir: dir.path,
        topics: { [topic]: '*' },
        handler: message => got[instance]!.push(textOf(message))
      })
    const [one] = await Promise.all([member('one'), member('two')])
    await send(topic, 8)
    await eventually(() => got['one']!.length === 8 && got['two']!.length === 8, 'all to both', 20_000)
    await one.close()
    await send(topic, 4, 8)
    got['one'] = []
    await member('one')
    await eventually(() => got['one']!.length === 4 && got['two']!.length === 12, 'the rest', 20_000)
    expect(got['one']!.map(Number).sort((left, right) => left - right)).to.deep.equal([8, 9, 10, 11])
    await Promise.all(closing.splice(0).map(end => end()))
    dir.remove()
  }).timeout(60_000)

  it('lite pull: seek, pause, commit', async () => {
    const topic = await newTopic('lite', 1)
    for (let at = 0; at < 6; at++) await producer.send({ topic, body: Buffer.from(String(at)) })
    const consumer = await pull('lite')
    const queues = await consumer.queuesOf(topic)
    const [queue] = queues
    await consumer.assign(queues)
    expect((await consumer.poll({ max: 2 })).map(textOf)).to.deep.equal(['0', '1'])
    expect((await consumer.poll({ max: 1 })).map(textOf)).to.deep.equal(['2'])
    await consumer.seek(queue!, 1)
    expect((await consumer.poll({ max: 2 })).map(textOf)).to.deep.equal(['1', '2'])
    await consumer.commit()
    expect(await consumer.committed(queue!)).to.equal(3)
    consumer.pause(queues)
    expect(await consumer.poll({ timeoutMs: 50 })).to.deep.equal([])
    consumer.resume(queues)
    expect((await consumer.poll()).map(textOf)).to.deep.equal(['3', '4', '5'])
    await consumer.seek(queue!, 'end')
    expect(await consumer.poll({ timeoutMs: 50 })).to.deep.equal([])
    await consumer.close()
    // What was handed out is done once more is asked for; so 6 are.
    const next = await pull('lite')
    await next.subscribe({ [topic]: '*' })
    await producer.send({ topic, body: Buffer.from('6') })
    for await (const message of next) {
      expect(textOf(message)).to.equal('6')
      break
    }
  }).timeout(60_000)

  it('queues go to those who are there, and all messages are done', async () => {
    const topic = await newTopic('share')
    const got: string[] = []
    const member = () =>
      push({ group: 'share', topics: { [topic]: '*' }, handler: message => got.push(textOf(message)) })
    const [one, two] = [await member(), await member()]
    const own = (consumer: PushConsumer): number => consumer.queues.filter(queue => queue.topic === topic).length
    await eventually(() => own(one) === 2 && own(two) === 2, 'two queues for each', 30_000)
    await send(topic, 40)
    await two.close()
    await send(topic, 40, 40)
    await eventually(() => new Set(got).size === 80, 'all messages', 30_000)
    await eventually(() => own(one) === 4, 'all queues')
  }).timeout(90_000)

  for (const kind of killed) {
    it(`a consumer is killed midway: every message is done (${kind})`, async () => {
      const topic = await newTopic(`killed-${kind}`)
      const group = `killed-${kind}`
      const got: { readonly queue: string; readonly number: number }[] = []
      const dying = memberProcess(namesrvAddr, `${group}-${unique}`, topic, kind, (queue, number) =>
        got.push({ queue, number })
      )
      closing.push(async () => void dying.child.kill('SIGKILL'))
      await dying.opened
      await push({
        group,
        topics: { [topic]: '*' },
        orderly: kind === 'orderly',
        handler: message => got.push({ queue: String(message.queueId), number: Number(textOf(message)) })
      })
      await send(topic, 60)
      await eventually(() => dying.count() > 0, 'work of the one that dies', 60_000)
      dying.child.kill('SIGKILL')
      await send(topic, 140, 60)
      // The locks of the dead end after a minute.
      await eventually(() => new Set(got.map(entry => entry.number)).size === 200, 'all messages', 100_000)
      if (kind === 'orderly') {
        for (const queue of ['0', '1', '2', '3']) {
          const numbers = got.filter(entry => entry.queue === queue).map(entry => entry.number)
          // What the dead one did not commit comes again, from there on in order; a number's first time keeps the order.
          const firsts = [...new Set(numbers)]
          expect(firsts, `queue ${queue}`).to.deep.equal([...firsts].sort((left, right) => left - right))
        }
      }
    }).timeout(200_000)
  }

  it('one dead NameServer of several does no harm', async () => {
    const topic = await newTopic('dead-one')
    const both = await Producer.open({ namesrvAddr: `127.0.0.1:1;${namesrvAddr}` })
    closing.push(() => both.close())
    expect(await both.send({ topic, body: Buffer.from('x') })).to.include({ status: 'SEND_OK' })
  })

  it('no route: says why, at once', async () => {
    const nobody = await Producer.open({ namesrvAddr: '127.0.0.1:1' })
    closing.push(() => nobody.close())
    const failure = await nobody.send({ topic: 'T', body: Buffer.from('x') }).then(
      () => undefined,
      (error: MqError) => error
    )
    expect(failure).to.include({ code: 'MQ_CONNECT_FAILED' })
    expect(failure!.message).to.contain('127.0.0.1:1')
    const started = await PushConsumer.open({
      namesrvAddr,
      group: 'g',
      topics: { nowhere: '*' },
      handler: () => {}
    }).then(
      () => undefined,
      (error: MqError) => error
    )
    expect(started).to.include({ code: 'MQ_TOPIC_NOT_FOUND' })
  })
}

const memberProcess = (
  namesrvAddr: string,
  group: string,
  topic: string,
  kind: string,
  onMessage: (queue: string, number: number) => void
): { readonly child: ChildProcess; readonly opened: Promise<void>; count(): number } => {
  const file = new URL('./client-member.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', file, namesrvAddr, group, topic, kind], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  let rest = ''
  let count = 0
  const opened = new Promise<void>((resolve, reject) => {
    child.once('exit', code => reject(new Error(`the member ended with ${code}`)))
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      const lines = (rest + part).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (line === 'open') {
          resolve()
          continue
        }
        const [queue, number] = line.split(' ') as [string, string]
        count++
        onMessage(queue, Number(number))
      }
    })
  })
  opened.catch(() => {})
  return { child, opened, count: () => count }
}
