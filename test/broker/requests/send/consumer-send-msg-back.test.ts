import { expect } from 'chai'
import { defaultGroup } from '../../../../src/broker/groups/groups.ts'
import { groupConfigShape } from '../../../../src/protocol/bodies/group-config.ts'
import { writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { offsetMessageId } from '../../../../src/protocol/message-id.ts'
import { consumerSendMsgBack } from '../../../../src/protocol/requests/consumer-send-msg-back.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { openTestBroker, sharedBroker, type TestBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'
import { manualClock } from '../../../support/manual-clock.ts'
import { propertiesOf, stored } from '../../sent.ts'

describe('CONSUMER_SEND_MSG_BACK', () => {
  const broker = sharedBroker()
  const back = (offset: number, more = {}) =>
    broker().ask(consumerSendMsgBack, { offset, group: 'Back', delayLevel: 0, originTopic: 'Work', ...more })

  it('copies the message behind the delay level of its tries', async () => {
    await broker().send('Work', 'hello', { queueId: 1, properties: { TAGS: 'TagA', KEYS: 'k' } })
    const [origin] = await stored(broker(), 'Work', 1)
    const answer = await back(origin!.physicalOffset)
    expect(answer.code, answer.remark).to.equal(0)
    const [copy] = await stored(broker(), 'SCHEDULE_TOPIC_XXXX', 2)
    expect(copy).to.include({ reconsumeTimes: 1, bornTimestamp: origin!.bornTimestamp, flag: origin!.flag })
    expect(copy!.body.toString()).to.equal('hello')
    expect(copy!.bornHost.equals(origin!.bornHost)).to.equal(true)
    expect(propertiesOf(copy!)).to.include({
      TAGS: 'TagA',
      KEYS: 'k',
      RETRY_TOPIC: 'Work',
      ORIGIN_MESSAGE_ID: offsetMessageId(origin!.storeHost, origin!.physicalOffset),
      DELAY: '3',
      REAL_TOPIC: '%RETRY%Back',
      REAL_QID: '0'
    })
    // A copy of the copy keeps where it came from first, and waits longer.
    expect((await back(copy!.physicalOffset)).code).to.equal(0)
    const [second] = await stored(broker(), 'SCHEDULE_TOPIC_XXXX', 3)
    expect(propertiesOf(second!)).to.include({
      RETRY_TOPIC: 'Work',
      ORIGIN_MESSAGE_ID: propertiesOf(copy!)['ORIGIN_MESSAGE_ID']!,
      DELAY: '4'
    })
    expect(second!.reconsumeTimes).to.equal(2)
  })

  it('takes the level that is asked for, and a level below 0 as the end', async () => {
    await broker().send('Work', 'again')
    const [origin] = await stored(broker(), 'Work')
    expect((await back(origin!.physicalOffset, { delayLevel: 9 })).code).to.equal(0)
    expect(await stored(broker(), 'SCHEDULE_TOPIC_XXXX', 8)).to.have.length(1)
    expect((await back(origin!.physicalOffset, { group: 'Dead', delayLevel: -1 })).code).to.equal(0)
    const [dead] = await stored(broker(), '%DLQ%Dead')
    expect(dead!.reconsumeTimes).to.equal(1)
    expect(propertiesOf(dead!)).to.include({ RETRY_TOPIC: 'Work' })
  })

  it('sends to the dead letters at once when the tries are used up', async () => {
    await broker().send('Work', 'last', { queueId: 3 })
    const [origin] = await stored(broker(), 'Work', 3)
    expect((await back(origin!.physicalOffset, { group: 'Once', maxReconsumeTimes: 0 })).code).to.equal(0)
    const [dead] = await stored(broker(), '%DLQ%Once')
    expect(dead!.reconsumeTimes).to.equal(origin!.reconsumeTimes + 1)
  })

  it('names what is wrong: no such message, no such group', async () => {
    for (const offset of [-1, 1, 2 ** 60]) {
      const answer = await back(offset)
      expect(answer.code, String(offset)).to.equal(1)
      expect(answer.remark).to.contain(String(offset))
    }
    const bad = await back(0, { group: 'no group' })
    expect(bad.code).to.equal(26)
  })

  it('stores nothing for a group without retries', async () => {
    const group = { ...defaultGroup('Never'), retryQueueNums: 0 }
    const made = await broker().ask(updateAndCreateSubscriptiongroup, {}, writeBody(groupConfigShape, group))
    expect(made.code, made.remark).to.equal(0)
    const before = broker().broker.stats().store.appendedMessages
    expect((await back(0, { group: 'Never' })).code).to.equal(0)
    expect(broker().broker.stats().store.appendedMessages).to.equal(before)
  })
})

describe('retry to dead letters', () => {
  const clock = manualClock()
  let broker: TestBroker

  before(async () => {
    broker = await openTestBroker({ clock })
  })
  after(() => broker.close())

  it('delivers each of three tries once, in its time, then one dead letter', async () => {
    await broker.send('Work', 'poison')
    let [message] = await stored(broker, 'Work')
    for (const [tries, seconds] of [
      [1, 10],
      [2, 30],
      [3, 60]
    ] as const) {
      const header = { offset: message!.physicalOffset, group: 'Retry', delayLevel: 0, maxReconsumeTimes: 3 }
      expect((await broker.ask(consumerSendMsgBack, header)).code).to.equal(0)
      clock.advance(seconds * 1000 - 1)
      expect(broker.broker.stats().store.appendedMessages, 'nothing comes early').to.equal(tries * 2)
      clock.advance(2)
      await eventually(
        () => broker.broker.stats().store.appendedMessages === tries * 2 + 1,
        `try ${tries} is delivered`
      )
      message = (await stored(broker, '%RETRY%Retry', 0, tries - 1))[0]
      expect(message!.reconsumeTimes).to.equal(tries)
      expect(message!.body.toString()).to.equal('poison')
    }
    const header = { offset: message!.physicalOffset, group: 'Retry', delayLevel: 0, maxReconsumeTimes: 3 }
    expect((await broker.ask(consumerSendMsgBack, header)).code).to.equal(0)
    const dead = await stored(broker, '%DLQ%Retry')
    expect(dead.map(({ reconsumeTimes }) => reconsumeTimes)).to.deep.equal([4])
    expect(await stored(broker, '%RETRY%Retry')).to.have.length(3)
  })
})
