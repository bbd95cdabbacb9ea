/** What any implementation of the acts on members, pausing, modes and committed offsets of groups must do. */
import { expect } from 'chai'
import type { Admin } from '../../../src/admin/admin.ts'
import { PushConsumer } from '../../../src/client/push-consumer.ts'
import type { ReceivedMessage } from '../../../src/client/received-message.ts'
import { eventually } from '../../support/eventually.ts'
import { type AdminWorld, codeOf } from '../admin.ts'

export const groupsContract = (worldOf: () => AdminWorld): void => {
  const world = (): AdminWorld => worldOf()
  const admin = (): Admin => world().admin
  const open: PushConsumer[] = []

  /** A real consumer: it answers what brokers ask it. */
  const consumer = async (
    group: string,
    topics: Readonly<Record<string, string>>,
    handler: (message: ReceivedMessage) => Promise<void> = async () => {}
  ): Promise<PushConsumer> => {
    const joined = await PushConsumer.open({
      namesrvAddr: world().namesrv,
      group,
      topics,
      from: 'first',
      commitPeriodMs: 100,
      handler
    })
    open.push(joined)
    return joined
  }

  const seeded = async (): Promise<{ readonly topic: string; readonly group: string }> => {
    const [topic, group] = [world().name('topic'), world().name('group')]
    const spec = { topic, readQueueNums: 2, writeQueueNums: 2, perm: 6, order: false, attributes: {} }
    await admin().createTopic(spec, { existing: 'fail', wait: true })
    for (const [queueId, tags] of [0, 0, 0, 1].entries()) {
      await admin().sendMessage({ topic, body: `m${queueId}`, queueId: tags, tags: tags === 0 ? 'A' : 'B' })
    }
    await admin().putGroup({ group }, { existing: 'fail' })
    return { topic, group }
  }

  afterEach(async () => {
    await Promise.all(open.splice(0).map(one => one.close()))
  })

  it('list who is online only when asked', async () => {
    const { topic, group } = await seeded()
    await consumer(group, { [topic]: '*' })
    const rowOf = async (members: boolean) => (await admin().groups({ members })).items.find(row => row.group === group)
    await eventually(async () => (await rowOf(true))?.members === 1, 'the consumer is known')
    expect(await rowOf(true)).to.include({ consumeType: 'CONSUME_PASSIVELY', messageModel: 'CLUSTERING' })
    expect(await rowOf(false)).to.not.have.any.keys('members', 'consumeType', 'messageModel')
  })

  it('have members that tell what they hold', async () => {
    const { topic, group } = await seeded()
    await consumer(group, { [topic]: 'A || B' })
    await eventually(async () => (await admin().groupMembers(group)).online, 'the consumer is known')
    const [member] = (await admin().groupMembers(group)).members
    const wish = { group, clientId: member!.clientId }
    await eventually(async () => (await admin().groupMember(wish)).queues.length >= 2, 'it holds the queues')
    const found = await admin().groupMember({ ...wish, stack: true })
    expect(found).to.deep.include(wish)
    expect(found.subscriptions).to.deep.include({ topic, expression: 'A || B', expressionType: 'TAG' })
    expect(found.queues.filter(row => row.topic === topic).map(row => row.queueId)).to.deep.equal([0, 1])
    expect(found.config.map(entry => entry.key)).to.include('PROP_CONSUME_TYPE')
    expect(await codeOf(admin().groupMember({ group, clientId: 'nobody' }))).to.equal('MQ_NOT_FOUND')
    expect(await codeOf(admin().groupMember({ group: world().name('none'), clientId: 'x' }))).to.equal('MQ_NOT_FOUND')
  })

  it('say when members subscribe differently', async () => {
    const { topic, group } = await seeded()
    expect(await admin().groupSubscriptions(group)).to.deep.include({ online: false, consistent: true, members: [] })
    await consumer(group, { [topic]: 'A' })
    await consumer(group, { [topic]: 'B' })
    await eventually(async () => (await admin().groupMembers(group)).members.length === 2, 'both are known')
    const found = await admin().groupSubscriptions(group)
    expect(found).to.include({ online: true, consistent: false })
    expect(found.members).to.have.length(2)
    expect(found.findings.join())
      .to.contain(topic)
      .and.match(/TAG A.*TAG B|TAG B.*TAG A/)
    expect(found.warnings).to.deep.equal([])
  })

  it('are paused and go on, as a whole and for one topic', async () => {
    const { topic, group } = await seeded()
    const { brokerName } = world()
    for (const of of [undefined, topic]) {
      const wish = { group, topic: of }
      const planned = await admin().pauseGroup({ ...wish, paused: true, dryRun: true })
      expect(planned).to.deep.include({ dryRun: true, brokers: [{ brokerName, outcome: 'planned' }] })
      expect((await admin().describeGroup(group)).brokers[0]).to.deep.include({ consumeEnable: true, pausedTopics: [] })
      const done = await admin().pauseGroup({ ...wish, paused: true })
      expect(done).to.deep.include({ paused: true, brokers: [{ brokerName, outcome: 'done' }] })
      expect((await admin().describeGroup(group)).brokers[0]).to.deep.include({
        consumeEnable: of !== undefined,
        pausedTopics: of === undefined ? [] : [topic]
      })
      const again = await admin().pauseGroup({ ...wish, paused: true })
      expect(again.brokers).to.deep.equal([{ brokerName, outcome: 'unchanged' }])
      await admin().pauseGroup({ ...wish, paused: false })
    }
    expect((await admin().describeGroup(group)).brokers[0]).to.deep.include({ consumeEnable: true, pausedTopics: [] })
    expect(await codeOf(admin().pauseGroup({ group: world().name('none'), paused: true }))).to.equal('MQ_NOT_FOUND')
    expect(await codeOf(admin().pauseGroup({ group: 'TOOLS_CONSUMER', paused: true }))).to.equal('MQ_NOT_PERMITTED')
  })

  it('pull, and pop where brokers can', async () => {
    const { topic, group } = await seeded()
    const { brokerName } = world()
    const planned = await admin().groupMode({ group, topic, mode: 'POP', dryRun: true })
    expect(planned.brokers).to.deep.equal([{ brokerName, outcome: 'planned' }])
    expect((await admin().groupMode({ group, topic, mode: 'PULL' })).brokers).to.deep.equal([
      { brokerName, outcome: 'done' }
    ])
    expect(await codeOf(admin().groupMode({ group: world().name('none'), topic, mode: 'PULL' }))).to.equal(
      'MQ_NOT_FOUND'
    )
  })

  it('tell what they committed, and only that', async () => {
    const { topic, group } = await seeded()
    const { brokerName } = world()
    expect((await admin().groupOffsets(group)).offsets).to.deep.equal([])
    await world().commit(group, topic, 0, 2)
    expect((await admin().groupOffsets(group)).offsets).to.deep.equal([{ topic, brokerName, queueId: 0, offset: 2 }])
    expect((await admin().groupOffsets(group, topic)).offsets).to.have.length(1)
    expect(await codeOf(admin().groupOffsets(world().name('none')))).to.equal('MQ_NOT_FOUND')
  })

  it('are reset while their members consume: the preview is the effect', async () => {
    const { topic, group } = await seeded()
    const seen: string[] = []
    await consumer(group, { [topic]: '*' }, async message => {
      seen.push(message.body.toString())
    })
    const isDone = async (queueId: number, offset: number): Promise<boolean> =>
      (await world().committed(group, topic, queueId)) === offset
    await eventually(async () => (await isDone(0, 3)) && (await isDone(1, 1)), 'all is consumed and committed', 15_000)
    seen.length = 0
    const wish = { group, topic, queueId: 0, to: { kind: 'offset', offset: 1 } } as const
    const preview = await admin().resetOffset({ ...wish, dryRun: true })
    expect(preview).to.include({ online: true, replayed: 2, skipped: 0 })
    const done = await admin().resetOffset(wish)
    expect(done.queues.map(({ to, outcome }) => [to, outcome])).to.deep.equal([[1, 'done']])
    await eventually(() => seen.length >= preview.replayed, 'the messages come again', 15_000)
    expect(seen.sort()).to.deep.equal(['m1', 'm2'])
  })

  it('are deleted with their offsets or without', async () => {
    const { topic, group } = await seeded()
    await world().commit(group, topic, 0, 2)
    await admin().deleteGroup(group, { withOffsets: false })
    await admin().putGroup({ group }, { existing: 'fail' })
    expect(await world().committed(group, topic, 0)).to.equal(2)
    await admin().deleteGroup(group, {})
    await admin().putGroup({ group }, { existing: 'fail' })
    expect(await world().committed(group, topic, 0)).to.not.equal(2)
  })
}
