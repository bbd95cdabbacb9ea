/**
 * The fast lane against the general road: the same frames to two brokers, one without a fast lane, must get the same answers
 * and leave the same bytes in the store, except for times, ports and ids that a broker draws.
 */
import { expect } from 'chai'
import fc from 'fast-check'
import { Closing } from '../../../src/broker/closing.ts'
import { hotLane } from '../../../src/broker/fast-lane/hot-lane.ts'
import { type OpenedParts, openParts } from '../../../src/broker/open-parts.ts'
import { pullRoutes } from '../../../src/broker/requests/pull/pull-routes.ts'
import { sendRoutes } from '../../../src/broker/requests/send/send-routes.ts'
import { MqError } from '../../../src/kit/errors.ts'
import { decodeMessages } from '../../../src/protocol/message.ts'
import { router } from '../../../src/remoting/router.ts'
import { listen, type RemotingServer } from '../../../src/remoting/server.ts'
import type { MessageStore } from '../../../src/store/contract.ts'
import { settingsOf } from '../../support/broker.ts'
import { eventually } from '../../support/eventually.ts'
import { manualClock } from '../../support/manual-clock.ts'
import { binaryHeader, type Fields, frameOf, jsonHeader, type RawAnswer, RawClient } from '../../support/raw-client.ts'
import { silentLog } from '../../support/silent-log.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'
import { wrapStore } from '../wrapped-store.ts'

const drawnKey = 'ABCDEF0123456789ABCDEF0123456789'
const identity = {
  brokerName: 'broker-a',
  clusterName: 'DefaultCluster',
  brokerId: 0,
  regionId: 'DefaultRegion',
  advertised: { host: '127.0.0.1', port: 10911 }
}

/** A broker of sends and pulls alone. */
class Side {
  readonly #dir: TempDir = tempDir()
  readonly #log = silentLog()
  readonly #closing = new Closing(this.#log)
  readonly clock = manualClock()
  parts!: OpenedParts
  server!: RemotingServer
  client!: RawClient
  /** Frames that the fast lane took. */
  fast = 0
  /** Makes the next appends end like this. */
  fault: MqError | undefined
  /** Makes reads end like this. */
  corrupt: MqError | undefined
  /** While set, appends are put off here, and the store says that very much waits. */
  delayed: (() => void)[] | undefined

  async open(withLane: boolean): Promise<void> {
    const options = settingsOf({ storePathRootDir: this.#dir.path, mappedFileSizeCommitLog: 16 << 20 }).values
    const deps = { clock: this.clock, log: this.#log, random: () => 0.5 }
    this.parts = await openParts({ options, sources: new Map(), identity }, deps, this.#closing)
    const store = faulty(this.parts.store, this)
    const hot = { ...this.parts, store, settings: options, random: () => 0.5, uniqueId: () => drawnKey }
    const lane = hotLane(hot)
    this.server = await listen({
      host: '127.0.0.1',
      port: 0,
      router: router([...sendRoutes(hot), ...pullRoutes(hot)]),
      clock: this.clock,
      log: this.#log,
      what: 'the broker',
      ...(withLane
        ? {
            fastLane: (chunk, start, end, peer) => {
              const taken = lane(chunk, start, end, peer)
              if (taken) this.fast++
              return taken
            }
          }
        : {})
    })
    this.#closing.add('server', () => this.server.close())
    this.client = await RawClient.connect(this.server.address.port)
    const topic = {
      readQueueNums: 4,
      writeQueueNums: 4,
      perm: 6,
      topicFilterType: 'SINGLE_TAG',
      topicSysFlag: 0
    } as const
    for (const more of [
      { topicName: 'Known' },
      { topicName: 'Multi', topicFilterType: 'MULTI_TAG' as const, readQueueNums: 2, topicSysFlag: 1 },
      { topicName: 'ReadOnly', perm: 4 },
      { topicName: 'Compacted', attributes: { 'cleanup.policy': 'COMPACTION' } }
    ]) {
      await this.parts.topics.put({ ...topic, order: false, attributes: {}, ...more })
    }
  }

  ask(frame: (opaque: number) => Buffer): Promise<RawAnswer> {
    const opaque = this.client.nextOpaque()
    const answer = this.client.answerTo(opaque, 10_000)
    this.client.write(frame(opaque))
    return answer
  }

  async close(): Promise<void> {
    this.client.destroy()
    await this.#closing.run()
    this.#dir.remove()
  }
}

/** The store, but for planted outcomes of appends. */
const faulty = (store: MessageStore, plan: Pick<Side, 'fault' | 'corrupt' | 'delayed'>): MessageStore => {
  const append: MessageStore['append'] = (draft, pending) => {
    if (plan.delayed !== undefined) plan.delayed.push(() => pending.done(new MqError('MQ_TOO_BUSY', 'late')))
    else if (plan.fault === undefined) store.append(draft, pending)
    else if (plan.fault.responseCode === undefined) pending.done(plan.fault)
    else Object.assign(pending, { queueOffset: 5, physicalOffset: 77, size: 100, storeTimestamp: 1 }).done(plan.fault)
  }
  return wrapStore(store, {
    append,
    read: (topic, queueId, queueOffset, limits) =>
      plan.corrupt === undefined ? store.read(topic, queueId, queueOffset, limits) : Promise.reject(plan.corrupt),
    get pendingBytes() {
      return plan.delayed === undefined ? store.pendingBytes : 17 << 20
    }
  })
}

/** Mostly the first value: a case with many odd ones would only ever meet the first check. */
const mostly = (usual: string, ...odd: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...odd) })

const key = 'UNIQ_KEY\u0001AC110001000018B4AAC27D2C5F480001\u0002'
const property = fc.constantFrom(
  'TAGS\u0001TagA\u0002',
  'TAGS\u0001é\u0002',
  'KEYS\u0001k1 k2\u0002',
  'WAIT\u0001true\u0002',
  'CLUSTER\u0001DefaultCluster\u0002',
  'CLUSTER\u0001other\u0002',
  'MSG_REGION\u0001DefaultRegion\u0002',
  'TRACE_ON\u0001false\u0002',
  'DELAY\u00012\u0002',
  'DELAY\u00010\u0002',
  'POP_CK\u0001x\u0002',
  'TRAN_MSG\u0001true\u0002',
  'TRAN_MSG\u0001false\u0002',
  'TIMER_DELAY_SEC\u00013\u0002',
  'a\u0001"quoted" \\ /\n\u0002',
  'a\u0001\u0002',
  'b\u0001c\u0001d',
  '名\u0001値\u0002'
)
const properties = fc
  .tuple(mostly(key, ''), fc.array(property, { maxLength: 2 }))
  .map(([first, rest]) => first + rest.join(''))
const topics = fc.constantFrom(
  'Known',
  'Known',
  'Known',
  'Known',
  'Known',
  'Known',
  'Known',
  'Multi',
  'Multi',
  'ReadOnly',
  'Compacted',
  '%RETRY%G',
  'bad topic',
  'SELF_TEST_TOPIC',
  'Unknown'
)

const send = fc.record({
  group: mostly('PG', ''),
  topic: topics,
  queueId: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('0', '1', '3') },
    fc.constantFrom('4', '-1', 'x', '00', '2147483648')
  ),
  sysFlag: mostly('0', '1', '4', '8', '16'),
  bornTimestamp: mostly('1700000000000', '0', '-5', '9007199254740993'),
  flag: mostly('0', '-1', '77'),
  properties,
  reconsumeTimes: mostly('0', '3', ''),
  unitMode: mostly('false', 'true', 'maybe'),
  batch: mostly('false', 'TRUE', 'no'),
  body: mostly('hello', '', 'x'.repeat(200))
})

type SendCase = typeof send extends fc.Arbitrary<infer T> ? T : never

const sendFields = (code: number, each: SendCase): Fields => {
  const names =
    code === 10
      ? 'producerGroup topic defaultTopic defaultTopicQueueNums queueId sysFlag bornTimestamp flag properties reconsumeTimes unitMode batch'
      : 'a b c d e f g h i j k m'
  const values = [
    each.group,
    each.topic,
    'TBW102',
    '4',
    each.queueId,
    each.sysFlag,
    each.bornTimestamp,
    each.flag,
    each.properties,
    each.reconsumeTimes,
    each.unitMode,
    each.batch
  ]
  return Object.fromEntries(names.split(' ').map((name, index) => [name, values[index]!]))
}

const pull = fc.record({
  consumerGroup: mostly('CG', 'bad group', ''),
  topic: topics,
  queueId: mostly('0', '1', '4', '-1'),
  queueOffset: fc.constantFrom('0', '1', '3', '1000', '-1'),
  maxMsgNums: mostly('32', '1', '0', '-3'),
  sysFlag: fc.constantFrom('4', '5', '20', '0', '1'),
  commitOffset: mostly('0', '1', '-1'),
  suspendTimeoutMillis: mostly('15000', '0'),
  subscription: fc.constantFrom('*', '', 'TagA', 'TagA || TagB', '||', 'é'),
  subVersion: mostly('0', '1700000000000', '9223372036854775807'),
  expressionType: mostly('TAG', '', 'SQL92'),
  maxMsgBytes: mostly('262144', '1', '2147483647')
})

const framer = (code: number, fields: Fields, body: Buffer, binary: boolean) => (opaque: number) =>
  binary
    ? frameOf(binaryHeader(code, fields, { opaque }), body, 1)
    : frameOf(jsonHeader(code, fields, { opaque }), body)

describe('fast lane', () => {
  const fast = new Side()
  const general = new Side()
  before(async () => {
    await fast.open(true)
    await general.open(false)
  })
  after(async () => {
    await fast.close()
    await general.close()
  })

  const same = async (frame: (opaque: number) => Buffer): Promise<RawAnswer> => {
    const [one, two] = await Promise.all([fast.ask(frame), general.ask(frame)])
    expect({ ...one, opaque: 0, body: comparable(one.body) }).to.deep.equal({
      ...two,
      opaque: 0,
      body: comparable(two.body)
    })
    return one
  }

  it('answers and stores sends as the general road does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(10, 310), send, fc.boolean(), async (code, each, binary) => {
        await same(framer(code, sendFields(code, each), Buffer.from(each.body), binary))
      }),
      { numRuns: 800 }
    )
    expect(fast.fast, 'frames that took the fast lane').to.be.greaterThan(30)
    expect(general.parts.store.maxOffset('Known', 0)).to.be.greaterThan(20)
    await sameQueues()
  })

  /** Every queue of both stores holds the same bytes. */
  const sameQueues = async (): Promise<void> => {
    const all = [...general.parts.topics.all()].flatMap(({ topicName, readQueueNums }) =>
      Array.from({ length: readQueueNums }, (_, queueId) => [topicName, queueId] as const)
    )
    for (const [topic, queueId] of all) {
      const queues = await Promise.all([fast, general].map(side => queueOf(side.parts.store, topic, queueId)))
      expect(queues[0], `${topic} ${queueId}`).to.deep.equal(queues[1])
    }
  }

  it('answers pulls as the general road does', async () => {
    const before = fast.fast
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(11, 361), pull, fc.boolean(), async (code, fields, binary) => {
        await same(framer(code, fields, Buffer.alloc(0), binary))
      }),
      { numRuns: 800 }
    )
    expect(fast.fast - before, 'frames that took the fast lane').to.be.greaterThan(50)
    expect(fast.parts.offsets.get('CG', 'Known', 0)).to.equal(general.parts.offsets.get('CG', 'Known', 0))
  })

  it('holds a pull, and answers it when a message comes', async () => {
    const fields = { consumerGroup: 'CG', topic: 'Multi', queueId: 1, maxMsgNums: 32, sysFlag: 6, commitOffset: 0 }
    const end = fast.parts.store.maxOffset('Multi', 1)
    const frame = framer(
      11,
      { ...fields, queueOffset: end, suspendTimeoutMillis: 15_000, subVersion: 0, subscription: '*' },
      Buffer.alloc(0),
      false
    )
    const before = fast.fast
    const held = same(frame)
    await eventually(() => fast.parts.longPolls.held + general.parts.longPolls.held === 2, 'both hold')
    expect(fast.fast).to.equal(before + 1)
    await same(framer(310, sendFields(310, { ...plain, topic: 'Multi', queueId: '1' }), Buffer.from('wake'), true))
    const answer = await held
    expect(answer.remark).to.equal('FOUND')
    expect(decodeMessages(answer.body)[0]!.body.toString()).to.equal('wake')
  })

  const plain: SendCase = {
    group: 'PG',
    topic: 'Known',
    queueId: '0',
    sysFlag: '0',
    bornTimestamp: '0',
    flag: '0',
    properties: key,
    reconsumeTimes: '0',
    unitMode: 'false',
    batch: 'false',
    body: 'x'
  }

  it('turns what the store says into the same answers', async () => {
    for (const [fault, code] of [
      [new MqError('MQ_DISK_FULL', 'no space'), 14],
      [new MqError('MQ_STORE_UNAVAILABLE', 'under repair'), 14],
      [new MqError('MQ_TOO_BUSY', 'too much waits'), 2],
      [new MqError('MQ_MESSAGE_INVALID', 'too big'), 13],
      [new MqError('MQ_TIMEOUT', 'the flush takes long', { responseCode: 10 }), 10]
    ] as const) {
      fast.fault = fault
      general.fault = fault
      const before = fast.fast
      for (const binary of [false, true]) {
        const answer = await same(framer(310, sendFields(310, plain), Buffer.from('x'), binary))
        expect(answer.code).to.equal(code)
        if (code === 10) expect(answer.fields.get('queueOffset')).to.equal('5')
        else expect(answer.remark).to.equal(fault.message)
      }
      expect(fast.fast).to.equal(before + 2)
    }
    fast.fault = undefined
    general.fault = undefined
  })

  it('names the range that cannot be read, also to a pull that was held', async () => {
    const fields = { consumerGroup: 'CG', topic: 'Multi', queueId: 0, queueOffset: 0, maxMsgNums: 32, sysFlag: 4 }
    const more = { commitOffset: 0, suspendTimeoutMillis: 9000, subVersion: 0, subscription: '*' }
    const queueOffset = fast.parts.store.maxOffset('Multi', 0)
    const held = same(framer(11, { ...fields, ...more, queueOffset, sysFlag: 6 }, Buffer.alloc(0), true))
    await eventually(() => fast.parts.longPolls.held + general.parts.longPolls.held === 2, 'both hold')
    const fault = new MqError('MQ_STORE_CORRUPT', 'bytes 100 to 200 of the log cannot be read')
    for (const side of [fast, general]) side.corrupt = fault
    const answer = await same(framer(11, { ...fields, ...more }, Buffer.alloc(0), false))
    expect([answer.code, answer.remark]).to.deep.equal([1, fault.message])
    for (const side of [fast, general]) side.parts.longPolls.wakeAll()
    const woken = await held
    expect([woken.code, woken.remark]).to.deep.equal([1, fault.message])
    for (const side of [fast, general]) side.corrupt = undefined
  })

  it('reads a connection only frame by frame while the store is far behind', async () => {
    const delayed: (() => void)[] = []
    fast.delayed = delayed
    const frames: Buffer[] = []
    const answers = Array.from({ length: 5 }, () => {
      const opaque = fast.client.nextOpaque()
      frames.push(framer(310, sendFields(310, plain), Buffer.from('x'), false)(opaque))
      return fast.client.answerTo(opaque)
    })
    fast.client.write(Buffer.concat(frames))
    for (let count = 1; count <= 5; count++) {
      await eventually(() => delayed.length === count, `append ${count}`)
      for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
      expect(delayed).to.have.length(count)
      delayed[count - 1]!()
    }
    fast.delayed = undefined
    for (const answer of await Promise.all(answers)) expect(answer.code).to.equal(2)
  })

  it('follows a change of the topic and of the settings', async () => {
    for (const side of [fast, general]) {
      const config = side.parts.topics.get('Known')!
      await side.parts.topics.put({ ...config, perm: 4 })
    }
    expect((await same(framer(310, sendFields(310, plain), Buffer.from('x'), false))).code).to.equal(16)
    for (const side of [fast, general]) {
      const config = side.parts.topics.get('Known')!
      await side.parts.topics.put({ ...config, perm: 6 })
      side.parts.options.traceOn = false
    }
    const answer = await same(framer(310, sendFields(310, plain), Buffer.from('x'), false))
    expect([answer.code, answer.fields.get('TRACE_ON')]).to.deep.equal([0, 'false'])
    await sameQueues()
  })
})

/** Whole messages without what two brokers cannot have in common. */
const comparable = (bytes: Buffer): unknown =>
  decodeMessages(bytes).map(({ storeTimestamp, bornHost, bodyCrc, ...rest }) => ({
    ...rest,
    bornHost: bornHost.subarray(0, -4).toString('hex'),
    storeHost: rest.storeHost.toString('hex'),
    body: rest.body.toString('hex'),
    properties: rest.properties.toString('hex')
  }))

const queueOf = async (store: MessageStore, topic: string, queueId: number): Promise<unknown[]> => {
  const found: unknown[] = []
  while (found.length < store.maxOffset(topic, queueId)) {
    const { messages } = await store.read(topic, queueId, found.length, { messagesMax: 500, bytesMax: 1 << 20 })
    found.push(...(comparable(messages) as unknown[]))
  }
  return found
}
