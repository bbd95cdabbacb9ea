import { expect } from 'chai'
import { topicConfig, withNamesrv } from '../../support/namesrv.ts'

describe('GET_HAS_UNIT_SUB_TOPIC_LIST', () => {
  const at = withNamesrv()

  it('answers the topics that units subscribe, by the bits that brokers registered', async () => {
    const topics = ['none', 'unit', 'sub', 'both'].map((name, topicSysFlag) => topicConfig(name, { topicSysFlag }))
    await at.server.register(at.broker, { topics, counter: 2 })
    const answer = await at.client.ask(312, {})
    expect(answer.code).to.equal(0)
    expect(JSON.parse(String(answer.body)).topicList.sort()).to.deep.equal(['both', 'sub'])
    await at.client.ask(318, {}, Buffer.from('enableTopicList=false'))
    expect(await at.client.ask(312, {})).to.include({ code: 1, remark: 'disable' })
  })
})
