import { expect } from 'chai'
import { topicConfig, withNamesrv } from '../../support/namesrv.ts'

describe('DELETE_TOPIC_IN_NAMESRV', () => {
  const at = withNamesrv()

  it('forgets a topic', async () => {
    expect((await at.client.ask(216, { topic: 'T' })).code).to.equal(0)
    expect((await at.client.ask(105, { topic: 'T' })).code).to.equal(17)
    expect((await at.client.ask(216, { topic: 'never' })).code).to.equal(0)
  })

  it('only for the brokers of a cluster, where one is named', async () => {
    const other = await at.server.client()
    await at.server.register(other, {
      topics: [topicConfig('T'), topicConfig('U')],
      fields: { brokerName: 'broker-b', brokerAddr: '192.0.2.9:10911', clusterName: 'C2' }
    })
    expect((await at.client.ask(216, { topic: 'T', clusterName: 'DefaultCluster' })).code).to.equal(0)
    const route = JSON.parse(String((await at.client.ask(105, { topic: 'T' })).body))
    expect(route.queueDatas.map((queue: { brokerName: string }) => queue.brokerName)).to.deep.equal(['broker-b'])
    expect((await at.client.ask(216, { topic: 'T', clusterName: 'none' })).code).to.equal(0)
  })
})
