/** A broker in this process on a real store, and clients that ask it over real connections. */
import { type Broker, startBroker } from '../../src/broker/broker.ts'
import { type BrokerOptions, brokerOptionRows } from '../../src/broker/options.ts'
import { type Clock, systemClock } from '../../src/kit/clock.ts'
import { type ReadOptions, readOptions } from '../../src/kit/options.ts'
import type { ConsumerData, Subscription } from '../../src/protocol/bodies/heartbeat.ts'
import { heartbeatDataShape } from '../../src/protocol/bodies/heartbeat.ts'
import { writeBody } from '../../src/protocol/bodies/shape.ts'
import { type Command, emptyBody } from '../../src/protocol/command.ts'
import { formatProperties } from '../../src/protocol/message-properties.ts'
import { heartBeat } from '../../src/protocol/requests/heart-beat.ts'
import type { HeaderOf, Request } from '../../src/protocol/requests/request.ts'
import { sendMessageV2 } from '../../src/protocol/requests/send-message-v2.ts'
import { updateAndCreateTopic } from '../../src/protocol/requests/update-and-create-topic.ts'
import { type RemotingClient, remotingClient } from '../../src/remoting/client.ts'
import { type Route, router } from '../../src/remoting/router.ts'
import { silentLog } from './silent-log.ts'
import { tempDir } from './temp-dir.ts'

export interface TestClient {
  readonly remoting: RemotingClient
  ask<Q extends Request>(request: Q, header: HeaderOf<Q>, body?: Buffer): Promise<Command>
  beat(beat: Beat): Promise<Command>
  /** Sends a message and checks that it was stored; resolves to its queue offset. */
  send(topic: string, body: string, more?: Sent): Promise<number>
  makeTopic(topic: string, queues?: number): Promise<void>
  close(): Promise<void>
}

export interface Sent {
  readonly queueId?: number
  readonly properties?: Readonly<Record<string, string>>
}

export interface Beat {
  readonly clientID: string
  readonly producers?: readonly string[]
  readonly consumers?: readonly ConsumerData[]
  readonly heartbeatFingerprint?: number
  readonly withoutSub?: boolean
}

export interface TestBroker extends TestClient {
  readonly broker: Broker
  readonly address: string
  readonly log: ReturnType<typeof silentLog>
  /** One more client with connections of its own; `routes` answer what the broker asks it. */
  client(routes?: readonly Route[]): TestClient
  /** Stops the broker and starts it anew on the same data. */
  restart(options?: Partial<BrokerOptions>): Promise<void>
}

export interface TestBrokerWish {
  readonly options?: Partial<BrokerOptions>
  readonly clock?: Clock
}

export const settingsOf = (options: Partial<BrokerOptions>): ReadOptions<typeof brokerOptionRows> =>
  readOptions(brokerOptionRows, { file: { path: 'broker.conf', text: propertiesOf(options) } })

const propertiesOf = (options: Partial<BrokerOptions>): string =>
  Object.entries(options)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')

/** A topic as a consumer subscribes it. */
export const subscription = (topic: string, more: Partial<Subscription> = {}): Subscription => ({
  topic,
  subString: '*',
  tagsSet: [],
  codeSet: [],
  subVersion: 1,
  expressionType: 'TAG',
  ...more
})

export const consumer = (
  groupName: string,
  topics: readonly string[],
  more: Partial<ConsumerData> = {}
): ConsumerData => ({
  groupName,
  consumeType: 'CONSUME_PASSIVELY',
  messageModel: 'CLUSTERING',
  consumeFromWhere: 'CONSUME_FROM_FIRST_OFFSET',
  subscriptionDataSet: topics.map(topic => subscription(topic)),
  unitMode: false,
  ...more
})

const clientOf = (address: () => string, routes: readonly Route[] = []): TestClient => {
  const remoting = remotingClient({ clock: systemClock, log: silentLog(), router: router(routes) })
  const ask: TestClient['ask'] = (request, header, body = emptyBody) =>
    remoting.invoke(address(), request, header, body, 10_000)
  const answered = async (asked: Promise<Command>): Promise<Command> => {
    const answer = await asked
    if (answer.code !== 0) throw new Error(`code ${answer.code}: ${answer.remark}`)
    return answer
  }
  return {
    remoting,
    ask,
    beat: beat => ask(heartBeat, {}, heartbeat(beat)),
    async send(topic, body, { queueId = 0, properties = {} } = {}) {
      const text = formatProperties(Object.entries(properties))
      const header = { a: 'PG', b: topic, c: 'TBW102', d: 4, e: queueId, f: 0, g: 1, h: 0, i: text }
      const answer = await answered(ask(sendMessageV2, header, Buffer.from(body)))
      return Number(answer.fields.get('queueOffset'))
    },
    async makeTopic(topic, queues = 4) {
      const header = { topic, defaultTopic: 'TBW102', readQueueNums: queues, writeQueueNums: queues, perm: 6 }
      await answered(ask(updateAndCreateTopic, { ...header, topicFilterType: 'SINGLE_TAG', order: false }))
    },
    close: () => remoting.close()
  }
}

export const heartbeat = ({ clientID, producers = [], consumers = [], ...rest }: Beat): Buffer =>
  writeBody(heartbeatDataShape, {
    clientID,
    producerDataSet: producers.map(groupName => ({ groupName })),
    consumerDataSet: consumers,
    heartbeatFingerprint: rest.heartbeatFingerprint ?? 0,
    withoutSub: rest.withoutSub ?? false
  })

export const openTestBroker = async ({
  options = {},
  clock = systemClock
}: TestBrokerWish = {}): Promise<TestBroker> => {
  const dir = tempDir()
  const log = silentLog()
  const start = (changed: Partial<BrokerOptions>): Promise<Broker> =>
    startBroker(
      settingsOf({
        listenPort: 0,
        storePathRootDir: dir.path,
        mappedFileSizeCommitLog: 4 << 20,
        ...options,
        ...changed
      }),
      { clock, log, random: () => 0.5 }
    )
  let broker = await start({})
  const address = (): string => `${broker.address.host}:${broker.address.port}`
  const clients: TestClient[] = []
  const client = (routes: readonly Route[] = []): TestClient => {
    const made = clientOf(address, routes)
    clients.push(made)
    return made
  }
  return {
    ...client(),
    get broker() {
      return broker
    },
    get address() {
      return address()
    },
    log,
    client,
    async restart(changed = {}) {
      await broker.stop()
      broker = await start(changed)
    },
    async close() {
      await Promise.all(clients.map(entry => entry.close()))
      await broker.stop()
      dir.remove()
    }
  }
}

/** One broker for all tests of a `describe`. */
export const sharedBroker = (wish: TestBrokerWish = {}): (() => TestBroker) => {
  let opened: TestBroker | undefined
  before(async () => {
    opened = await openTestBroker(wish)
  })
  after(async () => {
    await opened?.close()
  })
  return () => {
    if (opened === undefined) throw new Error('the broker is there once the tests run')
    return opened
  }
}
