import { expect } from 'chai'
import { consumeStatsListShape } from '../../../../src/protocol/bodies/consume-stats.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getBrokerConsumeStats } from '../../../../src/protocol/requests/get-broker-consume-stats.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateAndCreateTopic } from '../../../../src/protocol/requests/update-and-create-topic.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('GET_BROKER_CONSUME_STATS', () => {
  const broker = sharedBroker()

  const stats = async (isOrder: boolean) => {
    const answer = await broker().ask(getBrokerConsumeStats, { isOrder })
    const { consumeStatsList, ...rest } = readBody(consumeStatsListShape, answer.body)
    const groups = new Map(consumeStatsList.flatMap(entry => [...entry]))
    const rows = [...groups].flatMap(([group, list]) =>
      list.flatMap(({ offsetTable }) =>
        [...offsetTable].map(([{ topic, queueId }, { brokerOffset, consumerOffset }]) => [
          group,
          topic,
          queueId,
          brokerOffset,
          consumerOffset
        ])
      )
    )
    return { ...rest, groups, rows, text: answer.body.toString() }
  }
  const commit = (consumerGroup: string, topic: string, commitOffset: number) =>
    broker().ask(updateConsumerOffset, { consumerGroup, topic, queueId: 0, commitOffset })

  before(async () => {
    await broker().makeTopic('TPlain', 2)
    const header = { topic: 'TOrdered', defaultTopic: 'TBW102', readQueueNums: 1, writeQueueNums: 1, perm: 6 }
    await broker().ask(updateAndCreateTopic, { ...header, topicFilterType: 'SINGLE_TAG', order: true })
    for (const group of ['GX', 'GY'])
      await broker().ask(updateAndCreateSubscriptiongroup, {}, Buffer.from(`{"groupName":"${group}"}`))
    for (let n = 0; n < 5; n++) await broker().send('TPlain', 'm')
    for (let n = 0; n < 2; n++) await broker().send('TOrdered', 'm')
    await commit('GX', 'TPlain', 3)
    await commit('GX', 'TOrdered', 2)
    await commit('GY', 'TPlain', 1)
  })

  it('answers every group with its queues and sums up the lag', async () => {
    const { rows, groups, totalDiff, brokerAddr, text } = await stats(false)
    expect(rows).to.deep.equal([
      ['GX', 'TPlain', 0, 5, 3],
      ['GX', 'TPlain', 1, 0, 0],
      ['GX', 'TOrdered', 0, 2, 2],
      ['GY', 'TPlain', 0, 5, 1],
      ['GY', 'TPlain', 1, 0, 0]
    ])
    expect([totalDiff, brokerAddr]).to.deep.equal([6, broker().address])
    expect(groups.get('TOOLS_CONSUMER'), 'groups without offsets are named').to.deep.equal([])
    expect(text).to.match(
      /^\{"brokerAddr":"127\.0\.0\.1:\d+","consumeStatsList":\[\{"TOOLS_CONSUMER":\[\]\},.*,"totalDiff":6,"totalInflightDiff":0\}$/
    )
    expect(text).to.include('{"consumeTps":0.0,"offsetTable":{{"brokerName":"broker-a","queueId":0,"topic":"TPlain"}:')
  })

  it('answers ordered topics only, when asked to', async () => {
    const { rows, totalDiff } = await stats(true)
    expect(rows).to.deep.equal([['GX', 'TOrdered', 0, 2, 2]])
    expect(totalDiff).to.equal(0)
  })

  it('leaves out topics that an online group subscribes no more', async () => {
    await broker().beat({ clientID: 'c', consumers: [consumer('GX', ['TOrdered'])] })
    const { rows } = await stats(false)
    expect(rows.map(([group, topic]) => `${topic}@${group}`)).to.deep.equal(['TOrdered@GX', 'TPlain@GY', 'TPlain@GY'])
  })
})
