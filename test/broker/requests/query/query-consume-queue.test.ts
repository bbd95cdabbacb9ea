import { expect } from 'chai'
import { consumeQueueAnswerShape } from '../../../../src/protocol/bodies/consume-queue-data.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { decodeMessage } from '../../../../src/protocol/message.ts'
import { queryConsumeQueue } from '../../../../src/protocol/requests/query-consume-queue.ts'
import { viewMessageById } from '../../../../src/protocol/requests/view-message-by-id.ts'
import { tagsCode } from '../../../../src/protocol/tags-code.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('QUERY_CONSUME_QUEUE', () => {
  const broker = sharedBroker()

  const ask = (index: number, count: number, more: { consumerGroup?: string; queueId?: number } = {}) =>
    broker().ask(queryConsumeQueue, { topic: 'TCq', queueId: 0, index, count, ...more })

  before(async () => {
    await broker().makeTopic('TCq', 2)
    for (const tag of ['A', 'B', 'C']) await broker().send('TCq', `of ${tag}`, { properties: { TAGS: tag } })
  })

  it('answers entries that lead to the messages', async () => {
    const answer = await ask(1, 10)
    const { queueData, ...ends } = readBody(consumeQueueAnswerShape, answer.body)
    expect(ends).to.deep.equal({ maxQueueIndex: 3, minQueueIndex: 0 })
    expect(queueData.map(entry => entry.tagsCode)).to.deep.equal([tagsCode('B'), tagsCode('C')])
    const { physicOffset, physicSize } = queueData[0]!
    const message = (await broker().ask(viewMessageById, { offset: physicOffset })).body
    expect(message.length).to.equal(physicSize)
    expect(decodeMessage(message).body.toString()).to.equal('of B')
  })

  it('has the form of Apache', async () => {
    const text = (await ask(0, 1)).body.toString().replace(/"physicSize":\d+/, '"physicSize":1')
    expect(text).to.equal(
      `{"maxQueueIndex":3,"minQueueIndex":0,"queueData":[{"eval":false,"physicOffset":0,"physicSize":1,"tagsCode":65}]}`
    )
  })

  it('tells an index outside the queue from an empty answer', async () => {
    const answer = await ask(3, 10)
    expect([answer.code, answer.remark]).to.deep.equal([0, 'Index 3 of 0@TCq is not exist!'])
    expect(readBody(consumeQueueAnswerShape, answer.body).queueData).to.deep.equal([])
  })

  it('answers the subscription of a group, or that it is not online', async () => {
    const offline = readBody(consumeQueueAnswerShape, (await ask(0, 1, { consumerGroup: 'GCq' })).body)
    expect([offline.subscriptionData, offline.filterData]).to.deep.equal([undefined, 'GCq@TCq is not online!'])
    await broker().beat({ clientID: 'c', consumers: [consumer('GCq', ['TCq'])] })
    const online = readBody(consumeQueueAnswerShape, (await ask(0, 1, { consumerGroup: 'GCq' })).body)
    expect([online.subscriptionData?.topic, online.filterData]).to.deep.equal(['TCq', 'null'])
  })

  it('refuses a queue that is not there and a count that is too large', async () => {
    const answer = await ask(0, 1, { queueId: 7 })
    expect([answer.code, answer.remark]).to.deep.equal([1, '7@TCq is not exist!'])
    expect((await ask(0, 1_000_000)).code).to.equal(29)
  })
})
