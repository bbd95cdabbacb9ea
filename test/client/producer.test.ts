import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { expect } from 'chai'
import { batchesOf } from '../../src/client/batches.ts'
import {
  Admin,
  byHash,
  byRandom,
  type Dev,
  type MqError,
  Producer,
  type QueuePlace,
  roundRobin,
  sameMachineRoom,
  startDev
} from '../../src/index.ts'
import { brokerFields, registrationBody, topicConfig } from '../support/namesrv.ts'
import { RawClient } from '../support/raw-client.ts'

const failure = (work: Promise<unknown>): Promise<MqError> =>
  work.then(
    () => {
      throw new Error('it should have failed')
    },
    (error: MqError) => error
  )

describe('producer', function () {
  this.timeout(60_000)
  let dev: Dev
  let hung: Server
  let registering: RawClient
  const sockets: Socket[] = []
  const topic = 'half-hung'

  before(async () => {
    dev = await startDev({ broker: { autoCreateTopicEnable: false } })
    const admin = await Admin.open({ namesrvAddr: dev.namesrvAddr })
    const spec = { topic, readQueueNums: 2, writeQueueNums: 2, perm: 6, order: false, attributes: {} }
    await admin.createTopic(spec, { existing: 'keep', wait: true })
    await admin.close()
    // A broker that takes connections and never says a word.
    hung = createServer(socket => sockets.push(socket.resume()))
    await new Promise<void>(resolve => hung.listen(0, '127.0.0.1', resolve))
    const brokerAddr = `127.0.0.1:${(hung.address() as AddressInfo).port}`
    registering = await RawClient.connect(Number(dev.namesrvAddr.split(':')[1]))
    const fields = { ...brokerFields, brokerName: 'broker-hung', brokerAddr }
    const topics = [topicConfig('any'), topicConfig(topic, { readQueueNums: 2, writeQueueNums: 2 })]
    const answer = await registering.ask(103, fields, registrationBody({ topics }))
    expect(answer.code, answer.remark).to.equal(0)
  })
  after(async () => {
    registering.destroy()
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => hung.close(resolve))
    await dev.stop()
  })

  const within = async (options: Parameters<typeof Producer.open>[0], act: (producer: Producer) => Promise<void>) => {
    const producer = await Producer.open({ namesrvAddr: dev.namesrvAddr, ...options })
    try {
      await act(producer)
    } finally {
      await producer.close()
    }
  }

  it('a broker that hangs costs one part of the time, and is left alone after that', () =>
    within({ sendTimeoutMs: 3000, selector: roundRobin() }, async producer => {
      const began = performance.now()
      for (let at = 0; at < 12; at++) {
        const { brokerName } = await producer.send({ topic, body: Buffer.from('x') })
        expect(brokerName).not.to.equal('broker-hung')
      }
      const took = performance.now() - began
      // The queues of the dead broker come first or after two sends; without the memory of it there would be six such waits.
      expect(took).to.be.within(900, 2500)
      expect(sockets, 'it was really tried').not.to.have.length(0)
    }))

  it('gives up when the time is over, and says what it waited for', () =>
    within({ sendTimeoutMs: 300 }, async producer => {
      const began = performance.now()
      const error = await failure(producer.send({ topic, body: Buffer.from('x'), brokerName: 'broker-hung' }))
      expect(error.code).to.equal('MQ_TIMEOUT')
      expect(performance.now() - began).to.be.within(280, 2000)
    }))

  it('a signal ends the wait at once', () =>
    within({ sendTimeoutMs: 1500, retries: 0 }, async producer => {
      const controller = new AbortController()
      const message = { topic, body: Buffer.from('x'), brokerName: 'broker-hung' }
      const sending = failure(producer.send(message, { signal: controller.signal }))
      const began = performance.now()
      controller.abort(new Error('enough'))
      expect((await sending).message).to.equal('enough')
      expect(performance.now() - began).to.be.lessThan(500)
      expect((await failure(producer.send(message, { signal: controller.signal }))).message).to.equal('enough')
    }))

  it('says at once why there is no route', () =>
    within({}, async producer => {
      const began = performance.now()
      const absent = await failure(producer.send({ topic: 'half-hun', body: Buffer.from('x') }))
      expect(absent).to.include({ code: 'MQ_TOPIC_NOT_FOUND' })
      expect(absent.message).to.contain('autoCreateTopicEnable is off')
      expect(absent.suggestions.join()).to.contain('half-hung')
      expect(performance.now() - began).to.be.lessThan(1000)
    }))

  it('refuses what no broker takes, before anything is sent', () =>
    within({ bodyBytesMax: 10 }, async producer => {
      const body = Buffer.from('x')
      const code = async (work: Promise<unknown>): Promise<string> => (await failure(work)).code
      expect(await code(producer.send({ topic, body: Buffer.alloc(0) }))).to.equal('MQ_MESSAGE_INVALID')
      expect(await code(producer.send({ topic, body: Buffer.alloc(11) }))).to.equal('MQ_MESSAGE_INVALID')
      expect(await code(producer.send({ topic, body, delayLevel: -1 }))).to.equal('MQ_MESSAGE_INVALID')
      expect(await code(producer.send({ topic, body, properties: [['a\u0002', 'b']] }))).to.equal('MQ_MESSAGE_INVALID')
      expect(await code(producer.send({ topic: 'no spaces', body }))).to.equal('MQ_USAGE')
      expect(await code(producer.send({ topic: 'SCHEDULE_TOPIC_XXXX', body }))).to.equal('MQ_USAGE')
      const two = [topic, 'other'].map(name => ({ topic: name, body }))
      expect(await code(producer.sendBatch(two))).to.equal('MQ_USAGE')
      expect(await producer.sendBatch([])).to.deep.equal([])
      await producer.close()
      expect(await code(producer.send({ topic, body }))).to.equal('MQ_CONNECTION_CLOSED')
    }))
})

describe('queue selectors', () => {
  const queues: QueuePlace[] = ['near@a', 'far@b'].flatMap(brokerName =>
    [0, 1].map(queueId => ({ topic: 'T', brokerName, queueId, addresses: new Map([[0, '192.0.2.1:10911']]) }))
  )

  it('round robin takes each in turn', () => {
    const { select } = roundRobin(3)
    expect([0, 1, 2, 3].map(() => select(queues))).to.deep.equal([queues[3], queues[0], queues[1], queues[2]])
  })

  it('hash: the same key, the same queue, where Java puts it', () => {
    const hash = (key: string): number =>
      [...key].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, 0)
    for (const key of ['order-42', 'polygenelubricants', 'negative', '']) {
      expect(byHash(key).select(queues)).to.equal(queues[Math.abs(hash(key) % 4)])
    }
    expect(hash('polygenelubricants'), "Java's famous smallest number").to.equal(-(2 ** 31))
  })

  it('random covers all', () => {
    expect([0, 0.25, 0.5, 0.999].map(chance => byRandom(() => chance).select(queues))).to.deep.equal(queues)
  })

  it('same machine room: near ones in turn, all when none is near', () => {
    const { select } = sameMachineRoom(['near'])
    expect([0, 1, 2].map(() => select(queues))).to.deep.equal([queues[0], queues[1], queues[0]])
    expect(sameMachineRoom(['elsewhere']).select(queues)).to.equal(queues[0])
  })
})

describe('batchesOf', () => {
  const message = (bytes: number) => ({ messageId: '', properties: '', body: Buffer.alloc(bytes), sysFlag: 0 })
  const sizes = (messages: readonly ReturnType<typeof message>[], max: number): number[] =>
    [...batchesOf(messages, max)].map(batch => batch.length)

  it('fills each up to the limit, and loses none', () => {
    expect(sizes([78, 78, 78].map(message), 200)).to.deep.equal([2, 1])
    expect(sizes([78, 79, 78].map(message), 200)).to.deep.equal([1, 1, 1])
    expect(sizes([500, 1, 500].map(message), 200)).to.deep.equal([1, 1, 1])
    expect(
      sizes(
        Array.from({ length: 2500 }, () => message(1)),
        1 << 20
      )
    ).to.deep.equal([1000, 1000, 500])
    expect(sizes([], 200)).to.deep.equal([])
  })
})
