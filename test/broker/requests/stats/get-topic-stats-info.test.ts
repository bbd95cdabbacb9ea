import { expect } from 'chai'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { topicStatsShape } from '../../../../src/protocol/bodies/topic-stats.ts'
import { getTopicStatsInfo } from '../../../../src/protocol/requests/get-topic-stats-info.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_TOPIC_STATS_INFO', () => {
  const broker = sharedBroker()

  it('answers the ends of every queue, with objects as keys', async () => {
    await broker().makeTopic('TStats', 2)
    const before = Date.now()
    for (let n = 0; n < 3; n++) await broker().send('TStats', `m${n}`, { queueId: 1 })
    const answer = await broker().ask(getTopicStatsInfo, { topic: 'TStats' })
    const stats = readBody(topicStatsShape, answer.body)
    const rows = [...stats.offsetTable].map(([queue, offsets]) => ({ ...queue, ...offsets }))
    expect(rows).to.have.length(2)
    expect(rows[0]).to.deep.equal({
      topic: 'TStats',
      brokerName: 'broker-a',
      queueId: 0,
      minOffset: 0,
      maxOffset: 0,
      lastUpdateTimestamp: 0
    })
    expect(rows[1]).to.deep.include({ queueId: 1, minOffset: 0, maxOffset: 3 })
    expect(rows[1]!.lastUpdateTimestamp).to.be.within(before, Date.now())
    expect(answer.body.toString()).to.match(
      /^\{"offsetTable":\{\{"brokerName":"broker-a","queueId":0,"topic":"TStats"\}:/
    )
    expect(answer.body.toString()).to.match(/"topicPutTps":\d+\.\d+\}$/)
  })

  it('answers 17 for a topic that is not there', async () => {
    const answer = await broker().ask(getTopicStatsInfo, { topic: 'TNone' })
    expect([answer.code, answer.remark]).to.deep.equal([17, 'topic[TNone] not exist'])
  })
})
