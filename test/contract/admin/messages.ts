/** What any implementation of the acts on messages must do: pages of keys, who consumed one, traces, entries of queues. */
import { expect } from 'chai'
import type { Admin } from '../../../src/admin/admin.ts'
import { PushConsumer } from '../../../src/client/push-consumer.ts'
import { eventually } from '../../support/eventually.ts'
import { type AdminWorld, codeOf } from '../admin.ts'

const everything = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }

export const messagesContract = (worldOf: () => AdminWorld): void => {
  const world = (): AdminWorld => worldOf()
  const admin = (): Admin => world().admin

  const newTopic = async (name = world().name('topic')): Promise<string> => {
    const spec = { topic: name, readQueueNums: 2, writeQueueNums: 2, perm: 6, order: false, attributes: {} }
    await admin().createTopic(spec, { existing: 'keep', wait: true })
    return name
  }

  it('are all found by a key, a page at a time', async () => {
    const topic = await newTopic()
    const total = 90
    for (let at = 0; at < total; at++) {
      await admin().sendMessage({ topic, body: String(at), keys: at % 3 === 0 ? 'all third' : 'all' })
    }
    for (const [key, wanted] of [
      ['all', total],
      ['third', total / 3]
    ] as const) {
      const bodies: number[] = []
      let cursor: string | undefined
      let pages = 0
      do {
        const page = await admin().messagesByKey({ topic, key, limit: 35, ...everything, cursor })
        bodies.push(...page.items.map(row => Number(row.body)))
        expect(page.truncated).to.equal(page.next !== undefined)
        cursor = page.next
        pages++
      } while (cursor !== undefined)
      expect(new Set(bodies).size, 'each once').to.equal(wanted)
      expect(bodies, 'newest first').to.deep.equal([...bodies].sort((left, right) => right - left))
      expect(pages).to.equal(Math.ceil(wanted / 35))
    }
    const wrong = admin().messagesByKey({ topic, key: 'all', limit: 1, ...everything, cursor: '!' })
    expect(await codeOf(wrong)).to.equal('MQ_USAGE')
  })

  it('are found by time with a tag, in one queue', async () => {
    const topic = await newTopic()
    for (let at = 0; at < 50; at++) {
      await admin().sendMessage({ topic, body: String(at), queueId: at % 2, tags: at % 10 === 0 ? 'rare' : 'usual' })
    }
    const bodies = async (more: object): Promise<string[]> =>
      (await admin().messagesByTime({ topic, ...everything, limit: 100, ...more })).items.map(row => row.body)
    expect(await bodies({ tags: 'rare' })).to.deep.equal(['0', '10', '20', '30', '40'])
    expect(await bodies({ queueId: 1 })).to.have.length(25)
    expect(await bodies({ queueId: 1, tags: 'rare' })).to.deep.equal([])
    expect(await bodies({ queueId: 1, brokerName: world().brokerName, tags: 'usual' })).to.have.length(25)
    expect(await codeOf(bodies({ queueId: 7 }))).to.equal('MQ_NOT_FOUND')
  })

  it('have a status for each group', async () => {
    const topic = await newTopic()
    const sent = await admin().sendMessage({ topic, body: 'x', queueId: 0, tags: 'A' })
    await admin().sendMessage({ topic, body: 'y', queueId: 1 })
    const [past, behind, online] = ['past', 'behind', 'online'].map(kind => world().name(kind))
    for (const group of [past, behind, online]) await admin().putGroup({ group: group! }, { existing: 'fail' })
    await world().commit(past!, topic, 0, 1)
    await world().commit(behind!, topic, 1, 1)
    await world().join(world().name('client'), [], [world().consumer(online!, [topic])])
    await world().commit(online!, topic, 1, 1)
    const found = await admin().messageStatus(topic, sent.messageId)
    expect(found).to.include({ topic, messageId: sent.messageId, queueId: 0, queueOffset: 0 })
    const status = new Map(found.groups.map(row => [row.group, row.status]))
    expect([past, behind, online].map(group => status.get(group!))).to.deep.equal(['CONSUMED', 'OFFLINE', 'WAITING'])
    expect(found.groups.find(row => row.group === past)).to.include({ consumerOffset: 1 })
    const none = `${sent.messageId.slice(0, -4)}FFFF`
    expect(await codeOf(admin().messageStatus(topic, none))).to.equal('MQ_NOT_FOUND')
  })

  it('are handed to one consumer', async () => {
    const topic = await newTopic()
    const group = world().name('group')
    const { messageId } = await admin().sendMessage({ topic, body: 'again', queueId: 0 })
    const bodies: string[] = []
    expect(await codeOf(admin().consumeDirectly({ topic, id: messageId, group }))).to.equal('MQ_NOT_FOUND')
    const options = { namesrvAddr: world().namesrv, group, topics: { [topic]: '*' }, from: 'last' as const }
    const consumer = await PushConsumer.open({
      ...options,
      handler: async message => {
        bodies.push(message.body.toString())
      }
    })
    try {
      await eventually(async () => (await admin().groupMembers(group)).online, 'the consumer is known')
      const done = await admin().consumeDirectly({ topic, id: messageId, group })
      expect(done).to.include({ group, messageId, result: 'CR_SUCCESS', order: false })
      expect(bodies).to.include('again')
      const wrong = admin().consumeDirectly({ topic, id: messageId, group, clientId: 'nobody' })
      expect(await codeOf(wrong)).to.equal('MQ_NOT_FOUND')
    } finally {
      await consumer.close()
    }
  })

  it('lie in queues whose entries are shown', async () => {
    const topic = await newTopic()
    const { brokerName } = world()
    const sent = await admin().sendMessage({ topic, body: 'one', queueId: 0, tags: 'A' })
    await admin().sendMessage({ topic, body: 'two', queueId: 0 })
    const found = await admin().queueEntries({ topic, brokerName, queueId: 0, index: 0, count: 10 })
    expect(found).to.include({ topic, minOffset: 0, maxOffset: 2 })
    expect(found.items.map(row => [row.queueOffset, row.tagsCode])).to.deep.equal([
      [0, 'A'.charCodeAt(0)],
      [1, 0]
    ])
    const first = await admin().messageById(topic, sent.messageId)
    expect(found.items[0]).to.include({ physicalOffset: first.physicalOffset, size: first.storeSize })
    const none = admin().queueEntries({ topic, brokerName, queueId: 9, index: 0, count: 1 })
    expect(await codeOf(none)).to.equal('MQ_NOT_FOUND')
  })

  it('are traced, where clients write traces', async () => {
    const topic = await newTopic(world().name('traces'))
    const id = 'AC11000200017A3B2C1D0A1B2C3D0001'
    const record = (...fields: readonly (string | number)[]): string => `${fields.join('\u0001')}\u0002`
    const pub = ['Pub', 1700000000000, 'DefaultRegion', 'shop', 'orders', id, 'paid', 'order-42', '10.0.0.1:10911']
    const body = [
      record(...pub, 5, 12, 0, '0A00000100002A9F0000000000000000', 'true', '10.0.0.7'),
      record('SubAfter', 'req-1', id, 7, 'false', 'order-42', 4, 1700000000100, 'billing'),
      record('Unknown', 'whatever')
    ]
    await admin().sendMessage({ topic, body: body.join(''), keys: `${id} order-42` })
    for (const key of [id, 'order-42']) {
      const { items, truncated } = await admin().messageTrace({ key, traceTopic: topic, ...everything, limit: 10 })
      expect(truncated).to.equal(false)
      expect(items.map(row => [row.kind, row.group, row.success, row.costMs])).to.deep.equal([
        ['PUB', 'shop', true, 12],
        ['SUB_AFTER', 'billing', false, 7]
      ])
      expect(items[0]).to.include({ topic: 'orders', at: '2023-11-14T22:13:20.000Z', clientHost: '10.0.0.7' })
      expect(items[1]).to.include({ status: 'FAILED', requestId: 'req-1' })
    }
    expect((await admin().messageTrace({ key: 'no', traceTopic: topic, ...everything, limit: 10 })).items).to.be.empty
    const listed = await admin().traces({ traceTopic: topic, ...everything, limit: 10 })
    expect(listed.items).to.have.length(2)
    expect(listed).to.include({ truncated: false })
  })

  it('are replayed from the dead letters by their ids alone', async () => {
    const topic = await newTopic()
    const group = world().name('group')
    await newTopic(`%DLQ%${group}`)
    const properties = { RETRY_TOPIC: topic }
    const [one] = [
      await admin().sendMessage({ topic: `%DLQ%${group}`, body: 'one', properties }),
      await admin().sendMessage({ topic: `%DLQ%${group}`, body: 'two', properties })
    ]
    const wish = { group, ...everything, limit: 10 }
    const done = await admin().replayDeadLetters({ ...wish, ids: [one!.messageId] })
    expect(done.items.map(row => [row.messageId, row.to, row.outcome])).to.deep.equal([[one!.messageId, topic, 'sent']])
    expect((await admin().describeTopic(topic)).messages).to.equal(1)
    expect(await codeOf(admin().replayDeadLetters({ ...wish, ids: ['nothing'] }))).to.equal('MQ_NOT_FOUND')
  })
}
