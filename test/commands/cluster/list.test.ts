import { expect } from 'chai'
import { cluster, mq } from '../../support/mq.ts'

describe('mq cluster list', () => {
  const dev = cluster()

  it('lists brokers with version and address', async () => {
    const { items } = JSON.parse((await dev().run(['cluster', 'list', '--json'])).stdout)
    expect(items).to.have.length(1)
    expect(items[0]).to.include({
      cluster: 'DefaultCluster',
      brokerName: 'broker-a',
      brokerId: 0,
      address: dev().broker,
      version: 'V5_5_0',
      active: true
    })
    expect(items[0].diskUsedPercent).to.be.within(0, 100)
    expect((await dev().run(['cluster', 'list'])).stdout).to.match(/^CLUSTER +BROKER +ID +ADDRESS/)
  })

  it('tries the next NameServer when the first does not answer', async () => {
    const { code, stdout } = await mq(['cluster', 'list', '-n', `127.0.0.1:1;${dev().namesrv}`, '--json'])
    expect(code).to.equal(0)
    expect(JSON.parse(stdout).items).to.have.length(1)
  })
})
