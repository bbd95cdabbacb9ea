import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_ALL_TOPIC_LIST_FROM_NAMESERVER', () => {
  const at = withNamesrv()

  it('answers the names of all topics, unless that is turned off', async () => {
    const answer = await at.client.ask(206, {})
    expect([answer.code, String(answer.body)]).to.deep.equal([0, '{"topicList":["TBW102","T"]}'])
    await at.client.ask(318, {}, Buffer.from('enableAllTopicList=false'))
    expect(await at.client.ask(206, {})).to.include({ code: 1, remark: 'disable' })
  })
})
