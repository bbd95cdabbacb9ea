import { expect } from 'chai'
import { consumeTimeSpanShape } from '../../../../src/protocol/bodies/consume-time-span.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { queryConsumeTimeSpan } from '../../../../src/protocol/requests/query-consume-time-span.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

describe('QUERY_CONSUME_TIME_SPAN', () => {
  const broker = sharedBroker()

  const spans = async (group: string) => {
    const answer = await broker().ask(queryConsumeTimeSpan, { topic: 'TSpan', group })
    return readBody(consumeTimeSpanShape, answer.body).consumeTimeSpanSet
  }

  it('answers first, last and last consumed store time, and how long the next message waits', async () => {
    await broker().makeTopic('TSpan', 2)
    await broker().ask(updateAndCreateSubscriptiongroup, {}, Buffer.from('{"groupName":"GSpan"}'))
    for (let n = 0; n < 3; n++) {
      const before = Date.now()
      await broker().send('TSpan', `m${n}`, { queueId: 0 })
      await eventually(() => Date.now() > before + 2, 'the next message has another time')
    }
    await broker().ask(updateConsumerOffset, { consumerGroup: 'GSpan', topic: 'TSpan', queueId: 0, commitOffset: 2 })
    const [full, empty] = await spans('GSpan')
    expect(full!.messageQueue).to.deep.equal({ topic: 'TSpan', brokerName: 'broker-a', queueId: 0 })
    expect(full!.minTimeStamp).to.be.lessThan(full!.consumeTimeStamp)
    expect(full!.consumeTimeStamp).to.be.lessThan(full!.maxTimeStamp)
    expect(full!.delayTime).to.be.within(1, Date.now() - full!.maxTimeStamp)
    expect(empty).to.deep.include({ minTimeStamp: -1, maxTimeStamp: -1, consumeTimeStamp: -1, delayTime: 0 })
  })

  it('counts the delay of a group that consumed nothing from the first message', async () => {
    const [full] = await spans('GNone')
    expect(full!.consumeTimeStamp).to.equal(full!.minTimeStamp)
    expect(full!.delayTime).to.be.within(1, Date.now() - full!.minTimeStamp)
  })

  it('answers 0 for a group that is at the end, and 17 for an unknown topic', async () => {
    await broker().ask(updateConsumerOffset, { consumerGroup: 'GSpan', topic: 'TSpan', queueId: 0, commitOffset: 3 })
    const [full] = await spans('GSpan')
    expect([full!.consumeTimeStamp, full!.delayTime]).to.deep.equal([full!.maxTimeStamp, 0])
    const answer = await broker().ask(queryConsumeTimeSpan, { topic: 'TNone', group: 'GSpan' })
    expect([answer.code, answer.remark]).to.deep.equal([17, 'topic[TNone] not exist'])
  })
})
