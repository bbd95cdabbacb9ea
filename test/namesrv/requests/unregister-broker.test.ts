import { expect } from 'chai'
import { brokerFields, withNamesrv } from '../../support/namesrv.ts'

describe('UNREGISTER_BROKER', () => {
  const at = withNamesrv()
  const { haServerAddr: _, ...key } = brokerFields

  it('takes the broker and its topics out at once', async () => {
    expect((await at.broker.ask(104, key)).code).to.equal(0)
    expect((await at.client.ask(105, { topic: 'T' })).code).to.equal(17)
    expect(String((await at.client.ask(106, {})).body)).to.equal('{"brokerAddrTable":{},"clusterAddrTable":{}}')
    expect(at.server.namesrv.brokerCount).to.equal(0)
  })

  it('over an older connection than the registration came over, does nothing', async () => {
    const fresh = await at.server.client()
    await at.server.register(fresh)
    expect((await at.broker.ask(104, key)).code).to.equal(0)
    expect((await at.client.ask(105, { topic: 'T' })).code).to.equal(0)
    at.broker.destroy()
    expect((await at.client.ask(105, { topic: 'T' })).code).to.equal(0)
    expect((await fresh.ask(104, key)).code).to.equal(0)
    expect((await at.client.ask(105, { topic: 'T' })).code).to.equal(17)
  })

  it('of a broker that is not known is no error', async () => {
    expect((await at.broker.ask(104, { ...key, brokerAddr: '192.0.2.99:1' })).code).to.equal(0)
    expect(at.server.namesrv.brokerCount).to.equal(1)
  })
})
