import { expect } from 'chai'
import { getTopicConfig } from '../../../../src/protocol/requests/get-topic-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_TOPIC_CONFIG', () => {
  const broker = sharedBroker()

  it('answers one topic as Apache writes it', async () => {
    await broker().makeTopic('TOne', 4)
    const answer = await broker().ask(getTopicConfig, { topic: 'TOne', lo: true })
    expect(answer.body.toString()).to.equal(
      '{"attributes":{},"order":false,"perm":6,"readQueueNums":4,"topicFilterType":"SINGLE_TAG",' +
        '"topicName":"TOne","topicSysFlag":0,"writeQueueNums":4}'
    )
  })

  it('answers 17 for a topic that is not there', async () => {
    const answer = await broker().ask(getTopicConfig, { topic: 'TStatic' })
    expect([answer.code, answer.remark]).to.deep.equal([17, 'No topic in this broker. topic: TStatic'])
  })
})
