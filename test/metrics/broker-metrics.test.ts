import { expect } from 'chai'
import { brokerMetrics } from '../../src/metrics/broker-metrics.ts'
import { metricsText } from '../../src/metrics/metrics.ts'
import { deleteTopicInBroker } from '../../src/protocol/requests/delete-topic-in-broker.ts'
import { pullMessage } from '../../src/protocol/requests/pull-message.ts'
import { updateConsumerOffset } from '../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../support/broker.ts'

describe('broker metrics', () => {
  const broker = sharedBroker()
  const node = 'cluster="DefaultCluster",node_type="broker",node_id="broker-a"'

  const scrape = async (): Promise<string> => (await metricsText(() => brokerMetrics(broker().broker.stats()))()).text

  before(async () => {
    await broker().makeTopic('T', 1)
    await broker().beat({ clientID: 'c', producers: ['P'], consumers: [consumer('G', ['T'])] })
    for (let n = 0; n < 3; n++) await broker().send('T', 'body')
    await broker().ask(pullMessage, {
      consumerGroup: 'G',
      topic: 'T',
      queueId: 0,
      queueOffset: 0,
      maxMsgNums: 2,
      sysFlag: 4,
      commitOffset: 0,
      suspendTimeoutMillis: 0,
      subscription: '*',
      subVersion: 1
    })
    await broker().ask(updateConsumerOffset, { consumerGroup: 'G', topic: 'T', queueId: 0, commitOffset: 1 })
  })

  it('have the names and labels of Apache', async () => {
    const text = await scrape()
    const expected = [
      `rocketmq_messages_in_total{${node},topic="T",message_type="unspecified",is_system="false"} 3`,
      `rocketmq_messages_out_total{${node},topic="T",consumer_group="G",is_retry="false",is_system="false"} 2`,
      `rocketmq_consumer_lag_messages{${node},topic="T",consumer_group="G",is_retry="false",is_system="false"} 2`,
      `rocketmq_producer_connections{${node},language="java",version="v5_5_0",protocol_type="remoting"} 1`,
      `rocketmq_consumer_connections{${node},language="java",version="v5_5_0",protocol_type="remoting",` +
        'consumer_group="G",consume_mode="push",is_system="false"} 1',
      `rocketmq_broker_permission{${node}} 6`,
      `rocketmq_topic_number{${node}} 17`,
      `rocketmq_consumer_group_number{${node}} 9`
    ]
    for (const line of expected) expect(text.split('\n')).to.include(line)
    for (const name of ['rocketmq_throughput_in_total', 'rocketmq_throughput_out_total', 'rocketmq_storage_size'])
      expect(text).to.match(new RegExp(`^${name}\\{.*\\} [1-9]\\d*$`, 'm'))
  })

  it('lose a topic that is deleted', async () => {
    await broker().ask(deleteTopicInBroker, { topic: 'T' })
    expect(await scrape()).not.to.include('topic="T"')
  })
})
