import { expect } from 'chai'
import { topicConfig, withNamesrv } from '../../support/namesrv.ts'

describe('GET_TOPICS_BY_CLUSTER', () => {
  const at = withNamesrv()

  it('answers the topics of the brokers of one cluster', async () => {
    await at.server.register(await at.server.client(), {
      topics: [topicConfig('U'), topicConfig('V')],
      fields: { brokerName: 'broker-b', brokerAddr: '192.0.2.9:10911', clusterName: 'C2' }
    })
    expect(String((await at.client.ask(224, { cluster: 'C2' })).body)).to.equal('{"topicList":["U","V"]}')
    expect(String((await at.client.ask(224, { cluster: 'none' })).body)).to.equal('{"topicList":[]}')
    await at.client.ask(318, {}, Buffer.from('enableTopicList=false'))
    expect(await at.client.ask(224, { cluster: 'C2' })).to.include({ code: 1, remark: 'disable' })
  })
})
