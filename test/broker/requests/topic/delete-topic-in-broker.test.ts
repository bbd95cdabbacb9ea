import { expect } from 'chai'
import { deleteTopicInBroker } from '../../../../src/protocol/requests/delete-topic-in-broker.ts'
import { getMaxOffset } from '../../../../src/protocol/requests/get-max-offset.ts'
import { getTopicConfig } from '../../../../src/protocol/requests/get-topic-config.ts'
import { queryTopicsByConsumer } from '../../../../src/protocol/requests/query-topics-by-consumer.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('DELETE_TOPIC_IN_BROKER', () => {
  const broker = sharedBroker()

  const remove = (topic: string) => broker().ask(deleteTopicInBroker, { topic })
  const topicsOf = async (group: string): Promise<string> =>
    (await broker().ask(queryTopicsByConsumer, { group })).body.toString()

  it('takes the topic, its queues and its offsets, for good', async () => {
    await broker().makeTopic('TGone', 1)
    await broker().send('TGone', 'm')
    await broker().beat({ clientID: 'c', consumers: [consumer('D1', ['TGone'])] })
    const header = { consumerGroup: 'D1', topic: 'TGone', queueId: 0, commitOffset: 1 }
    await broker().ask(updateConsumerOffset, header)
    expect(await topicsOf('D1')).to.include('TGone')
    expect((await remove('TGone')).code).to.equal(0)
    const checks = async () => {
      expect((await broker().ask(getTopicConfig, { topic: 'TGone' })).code).to.equal(17)
      expect((await broker().ask(getMaxOffset, { topic: 'TGone', queueId: 0 })).fields.get('offset')).to.equal('0')
      expect(await topicsOf('D1')).not.to.include('TGone')
    }
    await checks()
    await broker().restart()
    await checks()
  })

  it('starts at 0 again when the topic is made anew', async () => {
    await broker().makeTopic('TAgain', 1)
    await broker().send('TAgain', 'old')
    await remove('TAgain')
    await broker().makeTopic('TAgain', 1)
    expect(await broker().send('TAgain', 'new')).to.equal(0)
  })

  it('is no error for a topic that is not there, and refuses blank and system topics', async () => {
    expect((await remove('TNone')).code).to.equal(0)
    expect((await remove(' ')).code).to.equal(29)
    expect((await remove('TBW102')).code).to.equal(29)
    expect((await remove('DefaultCluster')).code).to.equal(29)
  })
})
