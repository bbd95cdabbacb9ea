import { expect } from 'chai'
import { writeAdvertised } from '../../../src/remoting/advertise.ts'
import { withNamesrv } from '../../support/namesrv.ts'

describe('GET_BROKER_MEMBER_GROUP', () => {
  const at = withNamesrv()

  it('answers the addresses of all ids of a broker name, as registered', async () => {
    const mqAdvertise = writeAdvertised({ rules: [], listeners: ['0.0.0.0:10911'], fixed: false })
    await at.server.register(at.broker, { fields: { mqAdvertise } })
    const answer = await at.client.ask(901, { clusterName: 'DefaultCluster', brokerName: 'broker-a' })
    expect([answer.code, String(answer.body)]).to.deep.equal([
      0,
      '{"brokerMemberGroup":{"brokerAddrs":{0:"192.0.2.7:10911"},"brokerName":"broker-a","cluster":"DefaultCluster"}}'
    ])
  })

  it('of an unknown name: none', async () => {
    const answer = await at.client.ask(901, { clusterName: 'C', brokerName: 'none' })
    expect(String(answer.body)).to.equal('{"brokerMemberGroup":{"brokerAddrs":{},"brokerName":"none","cluster":"C"}}')
  })
})
