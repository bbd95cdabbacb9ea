/** What any implementation of the administrative acts must do: run over remoting and over HTTP. */
import { expect } from 'chai'
import type { Admin, TopicSpec } from '../../src/admin/admin.ts'
import type { MqError } from '../../src/kit/errors.ts'
import type { ConsumerData } from '../../src/protocol/bodies/heartbeat.ts'

export interface AdminWorld {
  readonly admin: Admin
  readonly brokerName: string
  /** For clients of the test's own. */
  readonly namesrv: string
  /** Unlike that of any other test. */
  name(kind: string): string
  /** Joins a group as a client and stays in it. */
  join(clientId: string, producers: readonly string[], consumers: readonly ConsumerData[]): Promise<void>
  consumer(group: string, topics: readonly string[]): ConsumerData
  commit(group: string, topic: string, queueId: number, offset: number): Promise<void>
  committed(group: string, topic: string, queueId: number): Promise<number | undefined>
}

const spec = (topic: string, queues = 2): TopicSpec => ({
  topic,
  readQueueNums: queues,
  writeQueueNums: queues,
  perm: 6,
  order: false,
  attributes: {}
})
const fresh = { existing: 'fail', wait: true } as const

export const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  const error = await asked.then(
    () => undefined,
    (caught: MqError) => caught
  )
  return error?.code ?? 'resolved'
}

export const adminContract = (worldOf: () => AdminWorld): void => {
  const world = (): AdminWorld => worldOf()
  const admin = (): Admin => world().admin

  /** A topic of two queues with three messages in the first and one in the second. */
  const seeded = async (): Promise<string> => {
    const topic = world().name('topic')
    await admin().createTopic(spec(topic), fresh)
    for (const [queueId, body] of [
      [0, 'a'],
      [0, 'b'],
      [0, 'c'],
      [1, 'd']
    ] as const) {
      await admin().sendMessage({ topic, body, queueId, keys: `k-${body}`, tags: 'T', properties: { colour: 'red' } })
    }
    return topic
  }
  const groupOn = async (topic: string): Promise<string> => {
    const group = world().name('group')
    await admin().putGroup({ group }, { existing: 'fail' })
    await world().commit(group, topic, 0, 2)
    await world().commit(group, topic, 1, 1)
    return group
  }

  describe('topics', () => {
    it('are created, told, and deleted', async () => {
      const topic = world().name('topic')
      const made = await admin().createTopic(spec(topic, 3), fresh)
      expect(made).to.include({ topic, outcome: 'created', readQueueNums: 3 })
      expect((await admin().topics()).items.find(row => row.topic === topic)).to.deep.include({
        type: 'NORMAL',
        brokers: [world().brokerName],
        readQueueNums: 3,
        perm: 'RW'
      })
      expect((await admin().describeTopic(topic)).queues).to.have.length(3)
      expect((await admin().topicRoute(topic)).map(row => row.brokerName)).to.deep.equal([world().brokerName])
      expect(await admin().deleteTopic(topic, { dryRun: true })).to.deep.equal({
        topic,
        dryRun: true,
        brokers: [{ brokerName: world().brokerName, outcome: 'planned' }]
      })
      expect((await admin().topicRoute(topic)).length, 'a dry run changes nothing').to.equal(1)
      expect((await admin().deleteTopic(topic, {})).brokers).to.deep.equal([
        { brokerName: world().brokerName, outcome: 'done' }
      ])
      expect(await codeOf(admin().deleteTopic(topic, {})), 'now it is gone').to.not.equal('resolved')
    })

    it('are not created by a dry run, and not twice', async () => {
      const topic = world().name('topic')
      expect(await admin().createTopic(spec(topic), { ...fresh, dryRun: true })).to.include({ outcome: 'created' })
      expect((await admin().topics()).items.map(row => row.topic)).to.not.include(topic)
      await admin().createTopic(spec(topic), fresh)
      expect(await codeOf(admin().createTopic(spec(topic), fresh))).to.equal('MQ_ALREADY_EXISTS')
      expect(await codeOf(admin().createTopic(spec('a b'), fresh))).to.equal('MQ_USAGE')
      expect(await codeOf(admin().describeTopic(world().name('none')))).to.equal('MQ_TOPIC_NOT_FOUND')
    })
  })

  describe('groups', () => {
    it('are created, changed in the named settings only, and deleted', async () => {
      const group = world().name('group')
      const made = await admin().putGroup({ group, retryMaxTimes: 3 }, { existing: 'fail' })
      expect(made).to.deep.equal({ group, outcome: 'created', brokers: [world().brokerName], dryRun: false })
      expect(await codeOf(admin().putGroup({ group }, { existing: 'fail' }))).to.equal('MQ_ALREADY_EXISTS')
      expect(await admin().putGroup({ group, consumeMessageOrderly: true }, { existing: 'update' })).to.include({
        outcome: 'updated'
      })
      const [row] = (await admin().describeGroup(group)).brokers
      expect(row).to.include({ retryMaxTimes: 3, consumeMessageOrderly: true, consumeEnable: true })
      expect(await admin().deleteGroup(group, { dryRun: true })).to.include({ dryRun: true })
      expect(await admin().deleteGroup(group, {})).to.deep.equal({ brokers: [world().brokerName], dryRun: false })
      expect(await codeOf(admin().describeGroup(group))).to.equal('MQ_NOT_FOUND')
      expect(await codeOf(admin().deleteGroup(group, {}))).to.equal('MQ_NOT_FOUND')
      expect(await codeOf(admin().deleteGroup('TOOLS_CONSUMER', {}))).to.equal('MQ_NOT_PERMITTED')
    })

    it('tell how far they are', async () => {
      const topic = await seeded()
      const group = await groupOn(topic)
      expect((await admin().groups()).items.find(row => row.group === group)).to.deep.include({
        topics: [topic],
        lag: 1,
        system: false
      })
      const { lag, queues } = await admin().groupLag(group)
      expect([lag, ...queues.map(row => row.lag)]).to.deep.equal([1, 1, 0])
      expect(queues[0]).to.include({ topic, queueId: 0, brokerOffset: 3, consumerOffset: 2 })
      expect((await admin().groupLag(group, topic)).lag).to.equal(1)
    })

    it('tell who is in them', async () => {
      const topic = await seeded()
      const group = await groupOn(topic)
      const clientId = world().name('client')
      expect(await admin().groupMembers(group)).to.include({ online: false })
      await world().join(clientId, [`${group}-p`], [world().consumer(group, [topic])])
      const members = await admin().groupMembers(group)
      expect(members).to.include({ online: true, messageModel: 'CLUSTERING', consumeType: 'CONSUME_PASSIVELY' })
      expect(members.members.map(row => row.clientId)).to.deep.equal([clientId])
      expect(members.subscriptions).to.deep.include({ topic, expression: '*', expressionType: 'TAG' })
      expect((await admin().consumers(group)).items.map(row => row.clientId)).to.deep.equal([clientId])
      expect((await admin().producers(`${group}-p`)).items.map(row => row.clientId)).to.deep.equal([clientId])
    })
  })

  describe('offsets', () => {
    it('are reset exactly as the preview says, and put back', async () => {
      const topic = await seeded()
      const group = await groupOn(topic)
      const wish = { group, topic, to: { kind: 'start' } } as const
      const preview = await admin().resetOffset({ ...wish, dryRun: true })
      expect(preview).to.include({ dryRun: true, online: false, replayed: 3, skipped: 0 })
      expect(preview.queues.map(({ from, to, effect, outcome }) => [from, to, effect, outcome])).to.deep.equal([
        [2, 0, 'replay', 'planned'],
        [1, 0, 'replay', 'planned']
      ])
      expect(await world().committed(group, topic, 0), 'a preview changes nothing').to.equal(2)
      const done = await admin().resetOffset(wish)
      expect(done.queues.map(row => row.outcome)).to.deep.equal(['done', 'done'])
      expect(done.queues.map(row => row.to)).to.deep.equal(preview.queues.map(row => row.to))
      expect([await world().committed(group, topic, 0), await world().committed(group, topic, 1)]).to.deep.equal([0, 0])
      const offsets = done.queues.map(({ brokerName, queueId, from }) => ({ brokerName, queueId, offset: from! }))
      await admin().resetOffset({ group, topic, to: { kind: 'offsets', offsets } })
      expect([await world().committed(group, topic, 0), await world().committed(group, topic, 1)]).to.deep.equal([2, 1])
    })

    it('are skipped, and reset for a group that is online', async () => {
      const topic = await seeded()
      const group = await groupOn(topic)
      await world().join(world().name('client'), [], [world().consumer(group, [topic])])
      const done = await admin().resetOffset({ group, topic, to: { kind: 'end' }, queueId: 0 })
      expect(done).to.include({ online: true, skipped: 1, replayed: 0 })
      expect(done.queues).to.have.length(1)
      expect(await world().committed(group, topic, 0)).to.equal(3)
      expect(await admin().resetOffset({ group, topic, to: { kind: 'time', timeMs: 0 }, dryRun: true })).to.include({
        replayed: 4
      })
      expect(await codeOf(admin().resetOffset({ group, topic, to: { kind: 'end' }, queueId: 9 }))).to.equal(
        'MQ_NOT_FOUND'
      )
      expect(await codeOf(admin().resetOffset({ group: 'nobody', topic, to: { kind: 'end' } }))).to.equal(
        'MQ_NOT_FOUND'
      )
    })

    it('are cloned', async () => {
      const topic = await seeded()
      const group = await groupOn(topic)
      const into = world().name('clone')
      await admin().putGroup({ group: into }, { existing: 'fail' })
      expect(await admin().cloneOffsets({ group, into, dryRun: true })).to.deep.include({
        topics: [topic],
        dryRun: true
      })
      expect(await world().committed(into, topic, 0)).to.not.equal(2)
      await admin().cloneOffsets({ group, into })
      expect(await world().committed(into, topic, 0)).to.equal(2)
      expect(await codeOf(admin().cloneOffsets({ group, into: group }))).to.equal('MQ_USAGE')
    })
  })

  describe('messages', () => {
    it('are found by key, id, place and time', async () => {
      const topic = await seeded()
      const window = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }
      const byKey = await admin().messagesByKey({ topic, key: 'k-b', limit: 10, ...window })
      expect(byKey.items.map(row => row.body)).to.deep.equal(['b'])
      const [row] = byKey.items
      expect(await admin().messageById(topic, row!.messageId)).to.deep.equal(row)
      expect(await admin().messageByOffset(topic, world().brokerName, 0, 1)).to.deep.equal(row)
      const bodies: string[] = []
      let cursor: string | undefined
      let pages = 0
      do {
        const page = await admin().messagesByTime({ topic, ...window, limit: 3, cursor })
        bodies.push(...page.items.map(item => item.body))
        expect(page.truncated).to.equal(page.next !== undefined)
        cursor = page.next
        pages++
      } while (cursor !== undefined)
      expect(bodies.sort(), 'each message once').to.deep.equal(['a', 'b', 'c', 'd'])
      expect(pages).to.equal(2)
      expect((await admin().messagesByTime({ topic, fromMs: 0, toMs: 1, limit: 5 })).items).to.deep.equal([])
      expect(await codeOf(admin().messagesByTime({ topic, ...window, limit: 3, cursor: '!' }))).to.equal('MQ_USAGE')
      expect(await codeOf(admin().messageByOffset(topic, world().brokerName, 0, 99))).to.equal('MQ_NOT_FOUND')
    })

    it('are sent whatever their bytes, and sent again', async () => {
      const topic = await seeded()
      const body = Buffer.from([0, 255, 128, 10]).toString('base64')
      const sent = await admin().sendMessage({ topic, body, bodyEncoding: 'base64', tags: 'B', properties: { x: 'ü' } })
      expect(sent.status).to.equal('SEND_OK')
      const copy = await admin().resendMessage({ topic, id: sent.messageId })
      expect(copy.messageId).to.not.equal(sent.messageId)
      const row = await admin().messageByOffset(topic, copy.brokerName, copy.queueId, copy.queueOffset)
      expect(row).to.include({ body, bodyEncoding: 'base64', tags: 'B', messageId: copy.messageId })
      expect(row.properties).to.include({ x: 'ü' })
    })

    it('are put back from the dead letters', async () => {
      const topic = await seeded()
      const group = await groupOn(topic)
      const dead = `%DLQ%${group}`
      await admin().createTopic(spec(dead, 1), fresh)
      await admin().sendMessage({ topic: dead, body: 'lost', properties: { RETRY_TOPIC: topic, colour: 'blue' } })
      expect((await admin().parkedGroups('dlq')).items.find(row => row.group === group)).to.include({ messages: 1 })
      const wish = { group, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: 10 }
      const plan = await admin().replayDeadLetters({ ...wish, dryRun: true })
      expect(plan.items.map(row => [row.to, row.outcome])).to.deep.equal([[topic, 'planned']])
      expect((await admin().describeTopic(topic)).messages).to.equal(4)
      const done = await admin().replayDeadLetters(wish)
      expect(done.items[0]).to.include({ to: topic, outcome: 'sent' })
      const row = await admin().messageById(topic, done.items[0]!.sentAs!)
      expect(row.body).to.equal('lost')
      expect(row.properties).to.include({ colour: 'blue' }).and.not.have.property('RETRY_TOPIC')
    })
  })

  describe('brokers and NameServers', () => {
    it('are listed, and said to be healthy', async () => {
      expect((await admin().clusters()).items[0]).to.include({ brokerName: world().brokerName, brokerId: 0 })
      expect(await admin().clusterHealth()).to.include({ healthy: true, brokers: 1 })
      expect(await codeOf(admin().clusterHealth('no-such'))).to.equal('MQ_NOT_FOUND')
      const runtime = await admin().brokerRuntime(world().brokerName)
      expect(runtime.find(entry => entry.key === 'brokerVersionDesc')?.value).to.be.a('string')
    })

    it('have settings, of which some may be changed', async () => {
      const { brokerName } = world()
      expect((await admin().brokerConfig(undefined)).find(entry => entry.key === 'brokerName')?.value).to.equal(
        brokerName
      )
      const changed = await admin().setBrokerConfig(brokerName, [{ key: 'maxMessageSize', value: '4000000' }])
      expect(changed).to.deep.equal([{ key: 'maxMessageSize', value: '4000000' }])
      const refused = admin().setBrokerConfig(brokerName, [{ key: 'storePathRootDir', value: '/tmp/x' }])
      expect(await codeOf(refused)).to.not.equal('resolved')
    })

    it('are taken out of service and back', async () => {
      const topic = await seeded()
      const { brokerName } = world()
      expect(await admin().setWritable(brokerName, false, true)).to.include({ dryRun: true })
      expect((await admin().topicRoute(topic))[0]).to.include({ perm: 'RW' })
      expect(await admin().setWritable(brokerName, false)).to.deep.equal({ brokerName, writable: false, dryRun: false })
      expect(await admin().setWritable(brokerName, true)).to.deep.equal({ brokerName, writable: true, dryRun: false })
    })

    it('keep keys', async () => {
      const namespace = world().name('space')
      expect(await admin().kv(namespace)).to.deep.equal([])
      await admin().putKv(namespace, { key: 'a', value: '1' })
      expect(await admin().kv(namespace)).to.deep.equal([{ key: 'a', value: '1' }])
      await admin().deleteKv(namespace, 'a')
      expect(await admin().kv(namespace)).to.deep.equal([])
      expect((await admin().namesrvConfig()).map(entry => entry.key)).to.include('listenPort')
    })
  })
}
