import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq broker list', () => {
  it('lists each process', async () => {
    const { items } = await json<{ items: object[] }>('broker', 'list')
    expect(items).to.have.length(1)
    expect(items[0]).to.include({ brokerName: 'broker-a', brokerId: 0, cluster: 'DefaultCluster' })
    expect((await run('broker', 'list')).stdout).to.match(/^DefaultCluster +broker-a +0 +127\.0\.0\.1:\d+/m)
    expect((await json<{ items: object[] }>('broker', 'list', '--cluster', 'other')).items).to.deep.equal([])
  })
})
