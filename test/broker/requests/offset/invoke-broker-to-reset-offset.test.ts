import { expect } from 'chai'
import { resetOffsetShape } from '../../../../src/protocol/bodies/reset-offset.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import type { Command } from '../../../../src/protocol/command.ts'
import { decodeMessages } from '../../../../src/protocol/message.ts'
import { deleteTopicInBroker } from '../../../../src/protocol/requests/delete-topic-in-broker.ts'
import { invokeBrokerToResetOffset } from '../../../../src/protocol/requests/invoke-broker-to-reset-offset.ts'
import { pullMessage } from '../../../../src/protocol/requests/pull-message.ts'
import { queryConsumerOffset } from '../../../../src/protocol/requests/query-consumer-offset.ts'
import type { HeaderOf } from '../../../../src/protocol/requests/request.ts'
import { resetConsumerClientOffset } from '../../../../src/protocol/requests/reset-consumer-client-offset.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { route } from '../../../../src/remoting/router.ts'
import { consumer, openTestBroker, type TestBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

type Reset = Partial<HeaderOf<typeof invokeBrokerToResetOffset>>

describe('INVOKE_BROKER_TO_RESET_OFFSET', () => {
  let broker: TestBroker
  /** Store time of the sixth message of queue 0. */
  let middle = 0

  const reset = (more: Reset = {}) =>
    broker.ask(invokeBrokerToResetOffset, { topic: 'TR', group: 'GR', timestamp: -1, isForce: true, ...more })
  const offsetsOf = (answer: Command) =>
    [...readBody(resetOffsetShape, answer.body).offsetTable].map(([{ queueId }, offset]) => [queueId, offset])
  const committed = async (queueId = 0): Promise<number> => {
    const header = { consumerGroup: 'GR', topic: 'TR', queueId, setZeroIfNotFound: false }
    return Number((await broker.ask(queryConsumerOffset, header)).fields.get('offset') ?? -1)
  }
  const commit = (commitOffset: number) =>
    broker.ask(updateConsumerOffset, { consumerGroup: 'GR', topic: 'TR', queueId: 0, commitOffset })
  /** A pull as the Java client sends it: 1 = carries an offset, 2 = may be held, 4 = brings its subscription. */
  const pull = (
    queueOffset: number,
    more: { sysFlag?: number; commitOffset?: number; consumerGroup?: string } = {}
  ) => {
    const header = { consumerGroup: 'GR', topic: 'TR', queueId: 0, queueOffset, maxMsgNums: 2, commitOffset: 0 }
    const rest = { subVersion: 0, subscription: '*', suspendTimeoutMillis: 15_000, sysFlag: 4 }
    return broker.ask(pullMessage, { ...header, ...rest, ...more })
  }
  const outcome = (answer: Command) => [answer.code, answer.remark, answer.fields.get('nextBeginOffset')]

  beforeEach(async () => {
    broker = await openTestBroker()
    await broker.makeTopic('TR', 2)
    await broker.ask(updateAndCreateSubscriptiongroup, {}, Buffer.from('{"groupName":"GR"}'))
    for (let n = 0; n < 10; n++) {
      if (n === 5) {
        const before = Date.now()
        await eventually(() => Date.now() > before + 5, 'the sixth message has another time')
        middle = Date.now()
      }
      await broker.send('TR', `m${n}`)
    }
  })
  afterEach(() => broker.close())

  it('sets the offsets of an offline group, which a consumer that comes finds', async () => {
    await commit(8)
    const answer = await reset({ timestamp: middle })
    expect(answer.code).to.equal(0)
    expect(answer.body.toString()).to.equal(
      '{"offsetTable":{{"brokerName":"broker-a","queueId":0,"topic":"TR"}:5,' +
        '{"brokerName":"broker-a","queueId":1,"topic":"TR"}:0}}'
    )
    expect([await committed(0), await committed(1)]).to.deep.equal([5, 0])
  })

  it('goes to the end for a time below 0, to the start for 0, to an exact offset when one is given', async () => {
    expect(offsetsOf(await reset({ timestamp: -1 }))).to.deep.equal([
      [0, 10],
      [1, 0]
    ])
    expect(offsetsOf(await reset({ timestamp: 0 }))).to.deep.equal([
      [0, 0],
      [1, 0]
    ])
    expect(offsetsOf(await reset({ queueId: 0, offset: 7 }))).to.deep.equal([[0, 7]])
    expect(offsetsOf(await reset({ queueId: 0, offset: -1, timestamp: middle }))).to.deep.equal([[0, 5]])
    expect(offsetsOf(await reset({ queueId: 0, offset: 10 })), 'the end itself').to.deep.equal([[0, 10]])
    expect(await committed()).to.equal(10)
  })

  it('answers the next pull of the queue with 21 and the offset, once', async () => {
    await commit(8)
    await reset({ queueId: 0, offset: 3 })
    expect(outcome(await pull(8))).to.deep.equal([21, 'OFFSET_RESET', '3'])
    const answer = await pull(3)
    expect(answer.code).to.equal(0)
    expect(decodeMessages(answer.body).map(({ body }) => body.toString())).to.deep.equal(['m3', 'm4'])
  })

  it('tells each queue and each group on its own', async () => {
    await reset({ queueId: 0, offset: 3 })
    expect((await pull(8, { consumerGroup: 'GOther' })).code).to.equal(0)
    expect(outcome(await pull(8))).to.deep.equal([21, 'OFFSET_RESET', '3'])
  })

  it('ignores what consumers commit until they have been told', async () => {
    await commit(8)
    await reset({ queueId: 0, offset: 3 })
    const answer = await commit(9)
    expect([answer.code, answer.remark]).to.deep.equal([0, 'Offset has been previously reset'])
    expect(await committed()).to.equal(3)
    expect((await pull(9, { sysFlag: 5, commitOffset: 9 })).code).to.equal(21)
    expect(await committed(), 'the pull carries an offset of before').to.equal(3)
    await commit(4)
    expect(await committed(), 'told: commits count again').to.equal(4)
  })

  it('tells a consumer that waits for new messages at once', async () => {
    const waiting = pull(10, { sysFlag: 6 })
    await eventually(() => broker.broker.stats().heldPulls === 1, 'the pull is held')
    await reset({ queueId: 0, offset: 2 })
    expect(outcome(await waiting)).to.deep.equal([21, 'OFFSET_RESET', '2'])
  })

  it('is kept over a restart, told or not', async () => {
    await commit(8)
    await reset({ queueId: 0, offset: 3 })
    await broker.restart()
    await commit(9)
    expect(await committed(), 'still not told').to.equal(3)
    expect(outcome(await pull(8))).to.deep.equal([21, 'OFFSET_RESET', '3'])
    await broker.restart()
    expect((await pull(8)).code, 'told before').to.equal(0)
    expect(await committed()).to.equal(3)
  })

  it('goes with its topic', async () => {
    await reset({ queueId: 0, offset: 3 })
    await broker.ask(deleteTopicInBroker, { topic: 'TR' })
    await broker.makeTopic('TR', 1)
    await broker.send('TR', 'new')
    expect((await pull(0)).code).to.equal(0)
    await broker.restart()
    expect((await pull(0)).code).to.equal(0)
  })

  it('refuses unknown topics and groups, bad queues, offsets outside the queue, and changes nothing', async () => {
    await commit(8)
    const refusals: (readonly [Reset, number, string])[] = [
      [{ topic: 'TNone' }, 17, 'Topic TNone does not exist'],
      [{ group: 'GNone' }, 26, 'Group GNone does not exist'],
      [{ queueId: 2 }, 29, 'the topic TR has 2 queues, there is no queue 2'],
      [{ queueId: 0, offset: 11 }, 1, 'Target offset 11 not in consume queue range [0-10]']
    ]
    for (const [more, code, remark] of refusals) {
      const answer = await reset(more)
      expect([answer.code, answer.remark]).to.deep.equal([code, remark])
    }
    expect(await committed()).to.equal(8)
    expect((await pull(8)).code).to.equal(0)
  })

  describe('with useServerSideResetOffset off', () => {
    const told: { client: string; body: string }[] = []
    const member = (client: string) =>
      broker.client([
        route(resetConsumerClientOffset, (_header, { body }) => {
          told.push({ client, body: body.toString() })
          return undefined
        })
      ])

    beforeEach(async () => {
      told.length = 0
      await broker.restart({ useServerSideResetOffset: false })
      for (const queueId of [0, 1])
        await broker.ask(updateConsumerOffset, {
          consumerGroup: 'GR',
          topic: 'TR',
          queueId,
          commitOffset: queueId === 0 ? 4 : 0
        })
    })

    it('tells every member, and without force only goes back', async () => {
      for (const client of ['one', 'two'])
        await member(client).beat({ clientID: client, consumers: [consumer('GR', ['TR'])] })
      expect(offsetsOf(await reset({ timestamp: middle }))).to.deep.include([0, 5])
      await eventually(() => told.length === 2, 'both are told')
      expect(told.map(({ client }) => client)).to.have.members(['one', 'two'])
      expect(told[0]!.body).to.include('{"brokerName":"broker-a","queueId":0,"topic":"TR"}:5')
      expect(offsetsOf(await reset({ timestamp: middle, isForce: false }))).to.deep.include([0, 4])
      expect(await committed(), 'the members commit by themselves').to.equal(4)
    })

    it('answers 206 when nobody is there to be told', async () => {
      const answer = await reset()
      expect([answer.code, answer.remark]).to.deep.equal([
        206,
        'Consumer not online, so can not reset offset, Group: GR Topic: TR Timestamp: -1'
      ])
    })

    it('answers 1 for a group that has no offsets', async () => {
      expect((await reset({ group: 'GNone' })).code).to.equal(1)
    })
  })
})
