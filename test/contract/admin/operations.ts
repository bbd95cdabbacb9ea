/** What any implementation of the acts on topics, brokers, clusters and NameServers must do. */
import { expect } from 'chai'
import type { Admin, TopicSpec } from '../../../src/admin/admin.ts'
import { etagOf } from '../../../src/admin/settings-etag.ts'
import { type AdminWorld, codeOf } from '../admin.ts'

const spec = (topic: string, more: Partial<TopicSpec> = {}): TopicSpec => ({
  topic,
  readQueueNums: 2,
  writeQueueNums: 2,
  perm: 6,
  order: false,
  attributes: {},
  ...more
})
const fresh = { existing: 'fail', wait: true } as const

export const operationsContract = (worldOf: () => AdminWorld): void => {
  const world = (): AdminWorld => worldOf()
  const admin = (): Admin => world().admin
  const done = (outcome = 'done') => [{ brokerName: world().brokerName, outcome }]

  const topicWith = async (bodies: readonly string[]): Promise<string> => {
    const topic = world().name('topic')
    await admin().createTopic(spec(topic), fresh)
    for (const body of bodies) await admin().sendMessage({ topic, body, queueId: 0 })
    return topic
  }

  describe('settings of topics', () => {
    it('change one by one, and the others stay', async () => {
      const topic = world().name('topic')
      await admin().createTopic(spec(topic, { attributes: { 'message.type': 'FIFO' } }), fresh)
      const planned = await admin().changeTopic({ topic, perm: 4 }, { dryRun: true })
      expect(planned).to.deep.include({ topic, dryRun: true })
      expect(planned.brokers[0]).to.deep.include({ ...done('planned')[0]! })
      const changed = await admin().changeTopic({ topic, perm: 4, readQueueNums: 5 }, {})
      expect(changed.brokers[0]).to.deep.include({ outcome: 'done' })
      expect([changed.brokers[0]!.before.perm, changed.brokers[0]!.after.perm]).to.deep.equal(['RW', 'R'])
      const again = await admin().changeTopic({ topic, perm: 4, attributes: { 'message.type': 'FIFO' } }, {})
      expect(again.brokers[0]!.outcome).to.equal('unchanged')
      const row = (await admin().topicConfigs()).items.find(entry => entry.topic === topic)
      expect(row).to.deep.equal({
        topic,
        type: 'FIFO',
        brokerName: world().brokerName,
        cluster: row!.cluster,
        readQueueNums: 5,
        writeQueueNums: 2,
        perm: 'R',
        order: false,
        attributes: { 'message.type': 'FIFO' }
      })
      await admin().changeTopic({ topic, removeAttributes: ['message.type'] }, {})
      const after = (await admin().topicConfigs()).items.find(entry => entry.topic === topic)
      expect(after).to.deep.include({ type: 'NORMAL', attributes: {} })
    })

    it('are refused with a reason', async () => {
      const topic = await topicWith([])
      expect(await codeOf(admin().changeTopic({ topic: world().name('none'), perm: 4 }, {}))).to.equal(
        'MQ_TOPIC_NOT_FOUND'
      )
      expect(await codeOf(admin().changeTopic({ topic, attributes: { 'no.such': 'x' } }, {}))).to.not.equal('resolved')
      expect(await codeOf(admin().changeTopic({ topic, perm: 4 }, { brokers: ['nobody'] }))).to.equal('MQ_NOT_FOUND')
    })

    it('put the queues of an ordered topic into the NameServers, until it is deleted', async () => {
      const topic = world().name('topic')
      await admin().createTopic(spec(topic, { order: true }), fresh)
      const orders = async () => (await admin().kv('ORDER_TOPIC_CONFIG')).filter(entry => entry.key === topic)
      expect(await orders()).to.deep.equal([{ key: topic, value: `${world().brokerName}:2` }])
      await admin().deleteTopic(topic, {})
      expect(await orders()).to.deep.equal([])
    })
  })

  describe('what goes through topics', () => {
    it('is told by queue, and at a time', async () => {
      const topic = await topicWith(['a', 'b'])
      const now = await admin().topicOffsets(topic)
      expect(now.items.map(row => [row.queueId, row.minOffset, row.maxOffset])).to.deep.equal([
        [0, 0, 2],
        [1, 0, 0]
      ])
      expect(now.items[0]).to.not.have.property('offsetAtTime')
      const [start, end] = [await admin().topicOffsets(topic, 0), await admin().topicOffsets(topic, 4_000_000_000_000)]
      expect(start.items.map(row => row.offsetAtTime)).to.deep.equal([0, 0])
      expect(end.items.map(row => row.offsetAtTime)).to.deep.equal([2, 0])
      expect(await codeOf(admin().topicOffsets(world().name('none')))).to.equal('MQ_TOPIC_NOT_FOUND')
    })

    it('is told by group, and in all', async () => {
      const topic = await topicWith(['a', 'b', 'c'])
      const group = world().name('group')
      await admin().putGroup({ group }, { existing: 'fail' })
      await world().commit(group, topic, 0, 1)
      const groups = await admin().topicGroups(topic)
      expect(groups.items.map(row => [row.group, row.lag])).to.deep.equal([[group, 2]])
      const [row] = (await admin().topicStats([topic])).items
      expect(row).to.deep.include({ topic, messages: 3, maxOffset: 3, lag: 2 })
      expect(row!.groups.map(entry => entry.group)).to.deep.equal([group])
      expect(row!.inMessages24h).to.be.within(0, 3)
      const all = await admin().topicStats()
      expect(all.items.find(entry => entry.topic === topic)).to.deep.include({ messages: 3, lag: 2 })
      expect(await codeOf(admin().topicStats([world().name('none')]))).to.equal('MQ_TOPIC_NOT_FOUND')
    })

    it('is told of every group at once', async () => {
      const group = world().name('group')
      await admin().putGroup({ group, retryMaxTimes: 7 }, { existing: 'fail' })
      const row = (await admin().groupConfigs()).items.find(entry => entry.group === group)
      expect(row).to.include({ brokerName: world().brokerName, system: false, retryMaxTimes: 7, consumeEnable: true })
    })
  })

  describe('one broker', () => {
    it('tells its figures, master, replication and groups', async () => {
      const { brokerName } = world()
      const [stats] = (await admin().brokerStats({})).items
      expect(stats).to.include({ brokerName, brokerId: 0 })
      expect(stats!.figures).to.have.property('brokerVersionDesc')
      expect(stats!.stored.minute.sum).to.be.at.least(0)
      expect((await admin().brokerStats({ brokers: [stats!.address] })).items[0]).to.include({ brokerName })
      const found = await admin().describeBroker(undefined)
      expect(found).to.include({ brokerName, cluster: stats!.cluster })
      expect(found.processes.map(row => row.brokerId)).to.deep.equal([0])
      expect(found.topics).to.be.greaterThan(5)
      expect(found.replication[0]).to.deep.include({ brokerName, role: 'master', slaves: [] })
      expect((await admin().brokerHa({ brokers: [brokerName] })).items).to.deep.equal(found.replication)
      expect(await codeOf(admin().describeBroker('nobody'))).to.equal('MQ_NOT_FOUND')
      expect(await codeOf(admin().brokerStats({ brokers: ['127.0.0.1:1'] }))).to.equal('MQ_NOT_FOUND')
      expect(await codeOf(admin().brokerEpochs(brokerName))).to.equal('MQ_NOT_SUPPORTED')
    })

    it('tells how far every group is', async () => {
      const topic = await topicWith(['a', 'b'])
      const group = world().name('group')
      await admin().putGroup({ group }, { existing: 'fail' })
      await world().commit(group, topic, 0, 1)
      const stats = await admin().brokerConsumeStats(world().brokerName)
      expect(stats.queues.filter(row => row.group === group).map(row => [row.queueId, row.lag])).to.deep.equal([
        [0, 1],
        [1, 0]
      ])
      expect(stats.lag).to.be.at.least(1)
    })

    it('changes settings only when they are still those that were read', async () => {
      const { brokerName } = world()
      const read = await admin().brokerConfig(brokerName)
      // Not what an earlier run of this contract left on the same broker: that would be no change, and no new ETag.
      const before = read.find(entry => entry.key === 'maxMessageSize')?.value
      const value = before === '4100000' ? '4100001' : '4100000'
      const wish = [{ key: 'maxMessageSize', value }]
      const change = { ifMatch: etagOf(read) }
      expect(await admin().setBrokerConfig(brokerName, wish, { ...change, dryRun: true })).to.deep.equal(wish)
      expect(await admin().brokerConfig(brokerName), 'a dry run changes nothing').to.deep.equal(read)
      expect(await admin().setBrokerConfig(brokerName, wish, change)).to.deep.equal(wish)
      const late = admin().setBrokerConfig(brokerName, [{ key: 'maxMessageSize', value: '4200000' }], change)
      expect(await codeOf(late)).to.equal('MQ_PRECONDITION_FAILED')
      const now = (await admin().brokerConfig(brokerName)).find(entry => entry.key === 'maxMessageSize')
      expect(now?.value).to.equal(value)
    })

    it('tidies up', async () => {
      for (const kind of ['expired-cq', 'unused-topics', 'expired-log'] as const) {
        expect(await admin().cleanBrokers(kind, { dryRun: true })).to.deep.equal({
          dryRun: true,
          brokers: done('planned')
        })
        expect(await admin().cleanBrokers(kind, {})).to.deep.equal({ dryRun: false, brokers: done() })
      }
      const { brokerName } = world()
      expect(await admin().resetFlushOffset(brokerName, 0, true)).to.deep.equal({ brokerName, outcome: 'planned' })
      expect(await admin().resetFlushOffset(brokerName, 0)).to.deep.equal({ brokerName, outcome: 'done' })
    })

    it('keeps limits on reads of old messages', async () => {
      const group = world().name('group')
      const limits = async () => (await admin().coldFlow({})).items[0]!.groups.filter(row => row.group === group)
      await admin().setColdFlow(group, 4096, { dryRun: true })
      expect(await limits()).to.deep.equal([])
      expect(await admin().setColdFlow(group, 4096, {})).to.deep.equal({ dryRun: false, brokers: done() })
      expect((await limits()).map(row => row.threshold)).to.deep.equal([4096])
      expect((await admin().coldFlow({})).items[0]!.groupThreshold).to.be.greaterThan(0)
      await admin().setColdFlow(group, undefined, {})
      expect((await limits()).filter(row => row.threshold !== undefined)).to.deep.equal([])
      expect(await codeOf(admin().setColdFlow('a b', 1, {}))).to.equal('MQ_USAGE')
    })
  })

  describe('a cluster', () => {
    it('is described, and timed', async () => {
      const { brokerName } = world()
      await topicWith([])
      const found = await admin().describeCluster(undefined)
      expect(found).to.include({ healthy: true })
      expect(found.brokers.map(row => row.brokerName)).to.deep.equal([brokerName])
      expect(found.topics).to.be.at.least(1)
      expect(found.nameServers).to.deep.equal((await admin().nameServers()).items)
      expect(found.nameServers[0]).to.include({ reachable: true, brokers: 1 })
      const [row] = (await admin().latency({ count: 3, size: 64 })).items
      expect(row).to.include({ brokerName, sent: 3, failed: 0 })
      expect(row!.minMs).to.be.greaterThan(0).and.at.most(row!.maxMs!)
      expect(await codeOf(admin().describeCluster('no-such'))).to.equal('MQ_NOT_FOUND')
      expect(await codeOf(admin().latency({ count: 0, size: 64 }))).to.equal('MQ_USAGE')
    })

    it('has NameServers whose settings change together', async () => {
      const wish = [{ key: 'orderMessageEnable', value: 'true' }]
      const planned = await admin().setNamesrvConfig(wish, true)
      expect(planned).to.deep.include({ dryRun: true, entries: wish })
      const now = async () => (await admin().namesrvConfig()).find(entry => entry.key === 'orderMessageEnable')?.value
      expect(await now()).to.equal('false')
      const changed = await admin().setNamesrvConfig(wish)
      expect(changed.nameServers.map(row => row.outcome)).to.deep.equal(['done'])
      expect(await now()).to.equal('true')
      await admin().setNamesrvConfig([{ key: 'orderMessageEnable', value: 'false' }])
      expect(await codeOf(admin().setNamesrvConfig([{ key: 'kvConfigPath', value: '/tmp/x' }]))).to.not.equal(
        'resolved'
      )
      const namespace = world().name('space')
      await admin().putKv(namespace, { key: 'a', value: '1' }, true)
      expect(await admin().kv(namespace)).to.deep.equal([])
      await admin().putKv(namespace, { key: 'a', value: '1' })
      await admin().deleteKv(namespace, 'a', true)
      expect(await admin().kv(namespace)).to.deep.equal([{ key: 'a', value: '1' }])
    })
  })
}
