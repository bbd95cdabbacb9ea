import { expect } from 'chai'
import { queryTopicConsumeByWho } from '../../../../src/protocol/requests/query-topic-consume-by-who.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('QUERY_TOPIC_CONSUME_BY_WHO', () => {
  const broker = sharedBroker()

  const groups = async (topic: string): Promise<string> =>
    (await broker().ask(queryTopicConsumeByWho, { topic })).body.toString()

  it('answers groups that subscribe the topic and groups that have offsets of it, once each', async () => {
    await broker().makeTopic('TWho', 1)
    const consumers = [consumer('W1', ['TWho']), consumer('W2', ['TElse'])]
    await broker().beat({ clientID: 'c', consumers })
    for (const consumerGroup of ['W1', 'W2'])
      await broker().ask(updateConsumerOffset, { consumerGroup, topic: 'TWho', queueId: 0, commitOffset: 0 })
    expect(await groups('TWho')).to.equal('{"groupList":["W1","W2"]}')
    expect(await groups('TNone')).to.equal('{"groupList":[]}')
  })
})
