import { expect } from 'chai'
import { defaultGroup } from '../../../../src/broker/groups/groups.ts'
import { groupConfigShape } from '../../../../src/protocol/bodies/group-config.ts'
import { writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { decodeMessages } from '../../../../src/protocol/message.ts'
import { pullMessage } from '../../../../src/protocol/requests/pull-message.ts'
import { queryConsumerOffset } from '../../../../src/protocol/requests/query-consumer-offset.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateAndCreateTopic } from '../../../../src/protocol/requests/update-and-create-topic.ts'
import { pullFlags } from '../../../../src/protocol/system-flags.ts'
import { consumer, openTestBroker, sharedBroker, subscription, type TestBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'
import { manualClock } from '../../../support/manual-clock.ts'
import { pullHeader } from '../../sent.ts'

const { COMMIT_OFFSET, SUBSCRIPTION, SUSPEND } = pullFlags

describe('PULL_MESSAGE', () => {
  const broker = sharedBroker()
  const pull = (topic: string, more: Parameters<typeof pullHeader>[1] = {}) =>
    broker().ask(pullMessage, pullHeader(topic, more))
  const fill = async (topic: string, count: number, tag = 'A', size = 10): Promise<void> => {
    for (let i = 0; i < count; i++) await broker().send(topic, 'x'.repeat(size), { properties: { TAGS: tag } })
  }

  it('answers messages and where the queue begins, ends and goes on', async () => {
    await fill('Read', 3)
    const answer = await pull('Read', { queueOffset: 1 })
    expect(answer.code).to.equal(0)
    expect(answer.remark).to.equal('FOUND')
    expect(Object.fromEntries(answer.fields)).to.deep.equal({
      suggestWhichBrokerId: '0',
      nextBeginOffset: '3',
      minOffset: '0',
      maxOffset: '3',
      topicSysFlag: '0',
      groupSysFlag: '0'
    })
    expect(decodeMessages(answer.body).map(({ queueOffset }) => queueOffset)).to.deep.equal([1, 2])
  })

  it('tells 19, 20 and 21 apart, and corrects the offset', async () => {
    await fill('Ends', 2)
    const seen = async (topic: string, more: Parameters<typeof pullHeader>[1]): Promise<unknown[]> => {
      const { code, remark, fields } = await pull(topic, more)
      return [code, remark, Number(fields.get('nextBeginOffset'))]
    }
    expect(await seen('Ends', { queueOffset: 2 })).to.deep.equal([19, 'OFFSET_OVERFLOW_ONE', 2])
    expect(await seen('Ends', { queueOffset: 9 })).to.deep.equal([21, 'OFFSET_OVERFLOW_BADLY', 2])
    expect(await seen('Ends', { queueOffset: -1 })).to.deep.equal([21, 'OFFSET_TOO_SMALL', 0])
    expect(await seen('Ends', { queueId: 1 })).to.deep.equal([19, 'NO_MATCHED_LOGIC_QUEUE', 0])
    expect(await seen('Ends', { queueId: 1, queueOffset: 5 })).to.deep.equal([21, 'NO_MATCHED_LOGIC_QUEUE', 0])
    expect(await seen('Ends', { subscription: 'B || C' })).to.deep.equal([20, 'NO_MATCHED_MESSAGE', 2])
  })

  it('filters by tag, of the request or of the heartbeat', async () => {
    for (const tag of ['A', 'B', 'C', 'A']) await fill('Tags', 1, tag)
    const offsets = async (more: Parameters<typeof pullHeader>[1]): Promise<number[]> =>
      decodeMessages((await pull('Tags', more)).body).map(({ queueOffset }) => queueOffset)
    expect(await offsets({ subscription: 'A' })).to.deep.equal([0, 3])
    expect(await offsets({ subscription: ' B||C ' })).to.deep.equal([1, 2])
    expect(await offsets({ subscription: '' })).to.deep.equal([0, 1, 2, 3])
    const mine = consumer('Tagged', [], {
      subscriptionDataSet: [subscription('Tags', { subString: 'C', subVersion: 7 })]
    })
    await broker().beat({ clientID: 'c1', consumers: [mine] })
    expect(await offsets({ consumerGroup: 'Tagged', sysFlag: 0, subVersion: 7, subscription: 'A' })).to.deep.equal([2])
  })

  it('keeps the limits of the client and its own, yet always answers one message', async () => {
    await fill('Many', 40, 'A', 1000)
    const count = async (more: Parameters<typeof pullHeader>[1]): Promise<number> =>
      decodeMessages((await pull('Many', more)).body).length
    expect(await count({})).to.equal(32)
    expect(await count({ maxMsgNums: 5 })).to.equal(5)
    // client-go's pull consumer asks for 0 messages and needs one.
    expect(await count({ maxMsgNums: 0 })).to.equal(1)
    expect(await count({ maxMsgBytes: 1 })).to.equal(1)
    expect(await count({ maxMsgBytes: 3000 })).to.equal(2)
    expect(await count({ maxMsgBytes: 2_147_483_647, maxMsgNums: 1000 })).to.equal(32)
  })

  it('refuses without a heartbeat (24), with an old one (25), and queues that are not there (29)', async () => {
    await fill('Rules', 1)
    const code = async (topic: string, more: Parameters<typeof pullHeader>[1] = {}): Promise<number> =>
      (await pull(topic, more)).code
    expect(await code('Rules', { sysFlag: 0, consumerGroup: 'Unseen' })).to.equal(24)
    await broker().beat({ clientID: 'c2', consumers: [consumer('Seen', ['Other'])] })
    expect(await code('Rules', { sysFlag: 0, consumerGroup: 'Seen' })).to.equal(24)
    await broker().beat({ clientID: 'c2', consumers: [consumer('Seen', ['Other', 'Rules'])] })
    expect(await code('Rules', { sysFlag: 0, consumerGroup: 'Seen', subVersion: 1 })).to.equal(0)
    expect(await code('Rules', { sysFlag: 0, consumerGroup: 'Seen', subVersion: 2 })).to.equal(25)
    expect(await code('Rules', { queueId: 4 })).to.equal(29)
    expect(await code('Rules', { queueId: -1 })).to.equal(29)
    expect(await code('NoSuchTopic')).to.equal(17)
    expect(await code('Rules', { consumerGroup: 'no group' })).to.equal(26)
    expect(await code('Rules', { subscription: '||' })).to.equal(23)
    expect(await code('Rules', { expressionType: 'SQL92', subscription: 'a = 1' })).to.equal(1)
    expect(await code('Rules', { expressionType: 'SQL92', subscription: '' })).to.equal(23)
  })

  it('refuses what topic or group may not be read (16), and says which', async () => {
    const topic = { topic: 'WriteOnly', defaultTopic: 'TBW102', readQueueNums: 1, writeQueueNums: 1, perm: 2 }
    await broker().ask(updateAndCreateTopic, { ...topic, topicFilterType: 'SINGLE_TAG', order: false })
    const unread = await pull('WriteOnly')
    expect([unread.code, unread.fields.get('forbiddenType')]).to.deep.equal([16, '3'])
    const group = { ...defaultGroup('Stopped'), consumeEnable: false }
    await broker().ask(updateAndCreateSubscriptiongroup, {}, writeBody(groupConfigShape, group))
    await fill('Rules', 1)
    const stopped = await pull('Rules', { consumerGroup: 'Stopped' })
    expect([stopped.code, stopped.fields.get('forbiddenType')]).to.deep.equal([16, '2'])
  })

  it('commits the offset that it carries, but none above the end', async () => {
    await fill('Carried', 4)
    const committed = async (): Promise<string | undefined> =>
      (await broker().ask(queryConsumerOffset, { consumerGroup: 'CG', topic: 'Carried', queueId: 0 })).fields.get(
        'offset'
      )
    await pull('Carried', { commitOffset: 2 })
    expect(await committed(), 'without the bit').to.equal('0')
    await pull('Carried', { commitOffset: 2, sysFlag: SUBSCRIPTION | COMMIT_OFFSET })
    expect(await committed()).to.equal('2')
    await pull('Carried', { commitOffset: 99, sysFlag: SUBSCRIPTION | COMMIT_OFFSET })
    expect(await committed()).to.equal('2')
  })
})

describe('PULL_MESSAGE that waits', () => {
  const clock = manualClock()
  let broker: TestBroker

  before(async () => {
    broker = await openTestBroker({ clock, options: { heldPullsMax: 3 } })
    for (const topic of ['Wait', 'Full']) await broker.send(topic, 'first', { properties: { TAGS: 'A' } })
  })
  after(() => broker.close())

  const held = (): number => broker.broker.stats().heldPulls
  const waiting = async (
    topic: string,
    more: Parameters<typeof pullHeader>[1] = {},
    client = broker as Pick<TestBroker, 'ask'>
  ) => {
    const before = held()
    const answer = client.ask(
      pullMessage,
      pullHeader(topic, { queueOffset: 1, sysFlag: SUBSCRIPTION | SUSPEND, suspendTimeoutMillis: 15_000, ...more })
    )
    await eventually(() => held() === before + 1, 'the pull is held')
    return answer
  }

  it('is answered by the message that it waited for', async () => {
    const asked = waiting('Wait')
    await eventually(() => held() === 1, 'held')
    await broker.send('Wait', 'second', { properties: { TAGS: 'A' } })
    const answer = await asked
    expect([answer.code, answer.remark]).to.deep.equal([0, 'FOUND'])
    expect(decodeMessages(answer.body).map(({ body }) => body.toString())).to.deep.equal(['second'])
    expect(held()).to.equal(0)
  })

  it('sleeps on when the message is for others, until its time is over', async () => {
    const asked = waiting('Wait', { queueOffset: 2, subscription: 'B' })
    await eventually(() => held() === 1, 'held')
    await broker.send('Wait', 'third', { properties: { TAGS: 'A' } })
    expect(held()).to.equal(1)
    // The sweep notices that the queue has grown, so that the consumer's offset can follow.
    clock.advance(5000)
    const answer = await asked
    expect([answer.code, answer.fields.get('nextBeginOffset')]).to.deep.equal([20, '3'])
  })

  it('is answered 19 at its deadline, not before', async () => {
    const asked = waiting('Wait', { queueOffset: 3 })
    await eventually(() => held() === 1, 'held')
    clock.advance(14_000)
    expect(held()).to.equal(1)
    clock.advance(2000)
    const answer = await asked
    expect([answer.code, answer.remark]).to.deep.equal([19, 'OFFSET_OVERFLOW_ONE'])
    expect(held()).to.equal(0)
  })

  it('is forgotten when its connection closes', async () => {
    const client = broker.client()
    const asked = waiting('Wait', { queueOffset: 3 }, client).catch(() => 'closed')
    await eventually(() => held() === 1, 'held')
    await client.close()
    await eventually(() => held() === 0, 'forgotten')
    expect(await asked).to.equal('closed')
  })

  it('is refused with code 2 when too many wait', async () => {
    const pulls = []
    for (let i = 0; i < 3; i++) {
      pulls.push(
        broker.ask(
          pullMessage,
          pullHeader('Full', { queueOffset: 1, sysFlag: SUBSCRIPTION | SUSPEND, suspendTimeoutMillis: 9000 })
        )
      )
      await eventually(() => held() === i + 1, 'held')
    }
    const refused = await broker.ask(
      pullMessage,
      pullHeader('Full', { queueOffset: 1, sysFlag: SUBSCRIPTION | SUSPEND, suspendTimeoutMillis: 9000 })
    )
    expect(refused.code).to.equal(2)
    await broker.send('Full', 'for all', { properties: { TAGS: 'A' } })
    for (const answer of await Promise.all(pulls)) expect(answer.code).to.equal(0)
  })

  it('is answered at a stop', async () => {
    const asked = waiting('Wait', { queueOffset: 3 })
    await eventually(() => held() === 1, 'held')
    await broker.restart()
    expect((await asked).code).to.equal(19)
  })
})
