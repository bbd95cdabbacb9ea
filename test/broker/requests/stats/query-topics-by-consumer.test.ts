import { expect } from 'chai'
import { queryTopicsByConsumer } from '../../../../src/protocol/requests/query-topics-by-consumer.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('QUERY_TOPICS_BY_CONSUMER', () => {
  const broker = sharedBroker()

  it('answers the topics that the group has offsets of', async () => {
    await broker().makeTopic('TBy', 1)
    await broker().beat({ clientID: 'c', consumers: [consumer('B1', ['TBy'])] })
    await broker().ask(updateConsumerOffset, { consumerGroup: 'B1', topic: 'TBy', queueId: 0, commitOffset: 0 })
    const answer = await broker().ask(queryTopicsByConsumer, { group: 'B1' })
    expect(JSON.parse(answer.body.toString())).to.deep.equal({ brokerAddr: broker().address, topicList: ['TBy'] })
    const none = await broker().ask(queryTopicsByConsumer, { group: 'B9' })
    expect(JSON.parse(none.body.toString())).to.deep.include({ topicList: [] })
  })
})
