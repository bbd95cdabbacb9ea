import { expect } from 'chai'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_SYSTEM_TOPIC_LIST_FROM_NS', () => {
  const at = withNamesrv()

  it('answers the names of clusters and brokers, and a broker to ask for more', async () => {
    const answer = await at.client.ask(304, {})
    expect([answer.code, String(answer.body)]).to.deep.equal([
      0,
      '{"brokerAddr":"192.0.2.7:10911","topicList":["DefaultCluster","broker-a"]}'
    ])
  })
})
