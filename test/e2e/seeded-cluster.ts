/**
 * The one cluster over which every command is walked: topics with keyed and tagged messages, a group that is online, one
 * that is offline and behind, dead letters, messages that wait for another try, and key-value entries. All of it is made
 * over remoting, so that a cluster of Apache's can be seeded just so.
 */

import { type OpenAdmin, openAdmin } from '../../src/admin/open-admin.ts'
import { LitePullConsumer } from '../../src/client/lite-pull-consumer.ts'
import { Producer } from '../../src/client/producer.ts'
import { PushConsumer } from '../../src/client/push-consumer.ts'
import { eventually } from '../support/eventually.ts'

/** Names of what is there. All is readable; cases that change something make what they change by their own names. */
export interface Seed {
  readonly namesrv: string
  /** Base of the HTTP admin API; absent on a cluster of Apache's. */
  readonly http: string | undefined
  readonly cluster: string
  readonly brokerName: string
  /** Address of the master, `host:port`. */
  readonly brokerAddress: string
  /** A topic of 2 queues with `messages` messages: key `order-N`, tag `paid` or `open`. */
  readonly topic: string
  readonly messages: number
  readonly key: string
  readonly messageId: string
  readonly offsetMessageId: string
  /** `broker/queue/offset` of that message. */
  readonly place: string
  /** An online group that has read all of `topic`, and the client id of its one member. */
  readonly group: string
  readonly clientId: string
  /** An offline group that is behind on `topic`. */
  readonly offlineGroup: string
  /** A group with dead letters and with messages that wait for another try, and the topic it reads. */
  readonly failingGroup: string
  readonly failingTopic: string
  readonly deadLetterId: string
  /** A producer that is online. */
  readonly producerGroup: string
  readonly kvNamespace: string
  readonly kvKey: string
  /** A directory where cases may write. */
  readonly dir: string
  /** Unlike any other name of the walk; the same for the same `kind` within one walk. */
  fresh(kind: string): string
}

export interface SeededCluster {
  readonly seed: Seed
  readonly admin: OpenAdmin
  close(): Promise<void>
}

export interface SeedWish {
  readonly namesrv: string
  readonly http?: string | undefined
  readonly dir: string
}

const messages = 12
const topic = 'orders'
const failingTopic = 'parcels'

export const seedCluster = async ({ namesrv, http, dir }: SeedWish): Promise<SeededCluster> => {
  const namesrvAddr = namesrv
  const open: { close(): Promise<void> }[] = []
  const admin = await openAdmin({ namesrvAddr })
  open.push(admin)
  await setUp(admin)
  const producer = await Producer.open({ namesrvAddr, group: 'checkout' })
  open.push(producer)
  const first = await sendOrders(producer)
  await fallBehind(namesrvAddr)
  await sendOrders(producer)
  open.push(await readAll(namesrvAddr, admin))
  const deadLetterId = await failSome(namesrvAddr, producer, admin)
  await admin.putKv('MQ_WALK', { key: 'colour', value: 'green' })
  const [row] = (await admin.clusters()).items
  const found = await admin.messageById(topic, first.messageId)
  const { items } = await admin.consumers('billing')
  const seed: Seed = {
    namesrv,
    http,
    cluster: row!.cluster,
    brokerName: row!.brokerName,
    brokerAddress: row!.address,
    topic,
    messages,
    key: 'order-0',
    messageId: found.messageId,
    offsetMessageId: found.offsetMessageId,
    place: `${found.brokerName}/${found.queueId}/${found.queueOffset}`,
    group: 'billing',
    clientId: items[0]!.clientId,
    offlineGroup: 'reports',
    failingGroup: 'shipping',
    failingTopic,
    deadLetterId,
    producerGroup: 'checkout',
    kvNamespace: 'MQ_WALK',
    kvKey: 'colour',
    dir,
    fresh: kind => `walk-${kind}`
  }
  const close = async (): Promise<void> => {
    for (const entry of open.reverse()) await entry.close()
  }
  return { seed, admin, close }
}

const setUp = async (admin: OpenAdmin): Promise<void> => {
  const plain = { readQueueNums: 2, writeQueueNums: 2, perm: 6, order: false, attributes: {} }
  for (const name of [topic, failingTopic]) {
    await admin.createTopic({ ...plain, topic: name }, { existing: 'keep', wait: true })
  }
  for (const group of ['billing', 'reports', 'shipping']) await admin.putGroup({ group }, { existing: 'keep' })
}

/** Half of the messages; the receipt of the first. */
const sendOrders = async (producer: Producer): Promise<{ readonly messageId: string }> => {
  let first: { readonly messageId: string } | undefined
  for (let at = 0; at < messages / 2; at++) {
    const receipt = await producer.send({
      topic,
      body: Buffer.from(`order ${at}`),
      queueId: at % 2,
      keys: `order-${at}`,
      tags: at % 2 === 0 ? 'paid' : 'open',
      properties: [['shop', 'north']]
    })
    first ??= receipt
  }
  return first!
}

/** Leaves offsets in the middle of what is there. */
const fallBehind = async (namesrvAddr: string): Promise<void> => {
  const consumer = await LitePullConsumer.open({ namesrvAddr, group: 'reports', from: 'first' })
  try {
    await consumer.subscribe({ [topic]: '*' })
    let read = 0
    await eventually(
      async () => {
        read += (await consumer.poll({ timeoutMs: 1000, max: 2 })).length
        return read >= messages / 2
      },
      'the offline group reads the first half',
      30_000
    )
    await consumer.commit()
  } finally {
    await consumer.close()
  }
}

const readAll = async (namesrvAddr: string, admin: OpenAdmin): Promise<PushConsumer> => {
  const consumer = await PushConsumer.open({
    namesrvAddr,
    group: 'billing',
    topics: { [topic]: '*' },
    from: 'first',
    commitPeriodMs: 100,
    handler: async () => {}
  })
  await eventually(async () => (await admin.groupLag('billing', topic)).lag === 0, 'the online group reads all', 30_000)
  return consumer
}

/** Two dead letters, and one message that waits for another try. Resolves to the id of a dead letter. */
const failSome = async (namesrvAddr: string, producer: Producer, admin: OpenAdmin): Promise<string> => {
  for (const body of ['broken', 'broken too', 'later']) {
    await producer.send({ topic: failingTopic, body: Buffer.from(body), keys: body.replace(' ', '-'), tags: 'parcel' })
  }
  const consumer = await PushConsumer.open({
    namesrvAddr,
    group: 'shipping',
    topics: { [failingTopic]: '*' },
    from: 'first',
    commitPeriodMs: 100,
    handler: async message => ({ retry: message.body.toString() === 'later' ? 1 : -1 })
  })
  const count = async (kind: 'dlq' | 'retry'): Promise<number> =>
    (await admin.parkedGroups(kind)).items.find(row => row.group === 'shipping')?.messages ?? 0
  try {
    await eventually(async () => (await count('dlq')) === 2, 'two dead letters', 30_000)
  } finally {
    await consumer.close()
  }
  await eventually(async () => (await count('retry')) > 0, 'a message that waits for another try', 30_000)
  const dead = await admin.messagesByTime({
    topic: '%DLQ%shipping',
    fromMs: 0,
    toMs: Number.MAX_SAFE_INTEGER,
    limit: 1
  })
  return dead.items[0]!.messageId
}
