import { expect } from 'chai'
import { consumeStatsShape } from '../../../../src/protocol/bodies/consume-stats.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getConsumeStats } from '../../../../src/protocol/requests/get-consume-stats.ts'
import { unregisterClient } from '../../../../src/protocol/requests/unregister-client.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('GET_CONSUME_STATS', () => {
  const broker = sharedBroker()

  const stats = async (header: { topic?: string; topicList?: string } = {}) => {
    const answer = await broker().ask(getConsumeStats, { consumerGroup: 'CS1', ...header })
    const { offsetTable, consumeTps } = readBody(consumeStatsShape, answer.body)
    const rows = [...offsetTable].map(([{ topic, queueId }, progress]) => ({ topic, queueId, ...progress }))
    return { rows, consumeTps, topics: [...new Set(rows.map(row => row.topic))] }
  }
  const commit = (topic: string, queueId: number, commitOffset: number) =>
    broker().ask(updateConsumerOffset, { consumerGroup: 'CS1', topic, queueId, commitOffset })

  before(async () => {
    await broker().makeTopic('TLag', 2)
    await broker().makeTopic('TOther', 1)
    for (let n = 0; n < 5; n++) await broker().send('TLag', `m${n}`, { queueId: 0 })
    await broker().beat({ clientID: 'c', consumers: [consumer('CS1', ['TLag', '%RETRY%CS1'])] })
    await commit('TLag', 0, 3)
    await commit('%RETRY%CS1', 0, 0)
    await commit('TOther', 0, 0)
  })

  it('answers the progress of every queue, the retry topic among them', async () => {
    const { rows, consumeTps } = await stats()
    expect(rows.map(row => [row.topic, row.queueId, row.brokerOffset, row.consumerOffset])).to.deep.equal([
      ['TLag', 0, 5, 3],
      ['TLag', 1, 0, 0],
      ['%RETRY%CS1', 0, 0, 0]
    ])
    expect(rows[0]!.lastTimestamp).to.be.greaterThan(1_700_000_000_000)
    expect(rows[1]!.lastTimestamp).to.equal(0)
    expect(consumeTps).to.equal(0)
  })

  it('answers one topic, or those of a list', async () => {
    expect((await stats({ topic: 'TLag' })).topics).to.deep.equal(['TLag'])
    expect((await stats({ topic: 'TOther' })).topics, 'no longer subscribed').to.deep.equal([])
    expect((await stats({ topicList: 'TOther;TLag' })).topics).to.deep.equal(['TOther', 'TLag'])
    expect((await stats({ topic: 'TNone' })).topics).to.deep.equal([])
  })

  it('answers all topics with offsets when the group is offline', async () => {
    await broker().ask(unregisterClient, { clientID: 'c', consumerGroup: 'CS1' })
    expect((await stats()).topics).to.have.members(['TLag', '%RETRY%CS1', 'TOther'])
  })
})
