import { expect } from 'chai'
import { writeAdvertised } from '../../../src/remoting/advertise.ts'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_BROKER_CLUSTER_INFO', () => {
  const at = withNamesrv()

  it('answers clusters and brokers, with bare broker ids to everyone', async () => {
    const answer = await at.client.ask(106, {})
    expect([answer.code, String(answer.body)]).to.deep.equal([
      0,
      '{"brokerAddrTable":{"broker-a":{"brokerAddrs":{0:"192.0.2.7:10911"},"brokerName":"broker-a",' +
        '"cluster":"DefaultCluster","enableActingMaster":false}},"clusterAddrTable":{"DefaultCluster":["broker-a"]}}'
    ])
  })

  it('with addresses that fit the asker', async () => {
    const mqAdvertise = writeAdvertised({ rules: [], listeners: ['127.0.0.1:10911'], fixed: false })
    await at.server.register(at.broker, { fields: { mqAdvertise } })
    expect(String((await at.client.ask(106, {})).body)).to.contain('{0:"127.0.0.1:10911"}')
  })
})
