import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq topic clusters', () => {
  it('lists the clusters that have a topic', async () => {
    await run('topic', 'create', 'placed')
    const { items } = await json<{ items: object[] }>('topic', 'clusters', 'placed')
    expect(items).to.deep.equal([{ cluster: 'DefaultCluster', brokers: ['broker-a'] }])
    expect((await run('topic', 'clusters', 'placed')).stdout).to.match(/^DefaultCluster +broker-a$/m)
    expect((await run('topic', 'clusters', 'no-such')).code).to.equal(4)
  })
})
