import { expect } from 'chai'
import { brokerStatsShape } from '../../../../src/protocol/bodies/broker-stats.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { deleteTopicInBroker } from '../../../../src/protocol/requests/delete-topic-in-broker.ts'
import { pullMessage } from '../../../../src/protocol/requests/pull-message.ts'
import { viewBrokerStatsData } from '../../../../src/protocol/requests/view-broker-stats-data.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('VIEW_BROKER_STATS_DATA', () => {
  const broker = sharedBroker()

  const ask = (statsName: string, statsKey: string) => broker().ask(viewBrokerStatsData, { statsName, statsKey })
  const stats = async (statsName: string, statsKey: string) =>
    readBody(brokerStatsShape, (await ask(statsName, statsKey)).body)

  before(async () => {
    await broker().makeTopic('TStat', 1)
    for (let n = 0; n < 4; n++) await broker().send('TStat', 'x'.repeat(100))
    const header = { consumerGroup: 'GStat', topic: 'TStat', queueId: 0, maxMsgNums: 2, commitOffset: 0, subVersion: 0 }
    for (const queueOffset of [0, 2, 3])
      await broker().ask(pullMessage, {
        ...header,
        queueOffset,
        sysFlag: 4,
        suspendTimeoutMillis: 0,
        subscription: '*'
      })
  })

  it('answers what a topic got and what a group took, at once', async () => {
    const put = await stats('TOPIC_PUT_NUMS', 'TStat')
    expect([put.statsMinute.sum, put.statsHour.sum, put.statsDay.sum]).to.deep.equal([4, 4, 4])
    expect(put.statsMinute.avgpt).to.equal(1)
    expect(put.statsMinute.tps).to.be.within(0.01, 0.4)
    const got = await stats('GROUP_GET_NUMS', 'TStat@GStat')
    expect([got.statsDay.sum, got.statsDay.avgpt]).to.deep.equal([5, 5 / 3])
  })

  it('answers bytes, and the figures of the whole broker', async () => {
    expect((await stats('TOPIC_PUT_SIZE', 'TStat')).statsDay.sum).to.be.greaterThan(400)
    expect((await stats('GROUP_GET_SIZE', 'TStat@GStat')).statsDay.sum).to.be.greaterThan(500)
    expect((await stats('BROKER_PUT_NUMS', 'DefaultCluster')).statsDay.sum).to.equal(4)
    expect((await stats('BROKER_GET_NUMS', 'DefaultCluster')).statsDay.sum).to.equal(5)
  })

  it('has the form of Apache', async () => {
    const text = (await ask('TOPIC_PUT_NUMS', 'TStat')).body.toString().replaceAll(/"tps":[\d.]+/g, '"tps":0.0')
    const item = '{"avgpt":1.0,"sum":4,"tps":0.0}'
    expect(text).to.equal(`{"statsDay":${item},"statsHour":${item},"statsMinute":${item}}`)
  })

  it('says that a figure does not exist', async () => {
    for (const [name, key] of [
      ['TOPIC_PUT_NUMS', 'BenchmarkTest'],
      ['GROUP_GET_NUMS', 'TStat@GNone'],
      ['SNDBCK_PUT_NUMS', 'TStat@GStat'],
      ['BROKER_PUT_NUMS', 'OtherCluster'],
      ['NO_SUCH_NUMS', 'TStat']
    ] as const) {
      const answer = await ask(name, key)
      expect([answer.code, answer.remark]).to.deep.equal([1, `The stats <${name}> <${key}> not exist`])
    }
    await broker().ask(deleteTopicInBroker, { topic: 'TStat' })
    expect((await ask('TOPIC_PUT_NUMS', 'TStat')).code, 'a deleted topic').to.equal(1)
  })
})
