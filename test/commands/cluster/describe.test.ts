import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq cluster describe', () => {
  it('shows NameServers, brokers, health and what there is', async () => {
    await run('topic', 'create', 'of-cluster')
    const found = await json<{ topics: number; nameServers: object[]; brokers: object[] }>('cluster', 'describe')
    expect(found).to.include({ cluster: 'DefaultCluster', healthy: true })
    expect(found.topics).to.be.at.least(1)
    expect([found.nameServers.length, found.brokers.length]).to.deep.equal([1, 1])
    expect((await run('cluster', 'describe', 'DefaultCluster')).stdout).to.match(/^DefaultCluster +healthy +\d+ topics/)
    expect((await run('cluster', 'describe', 'other')).code).to.equal(4)
  })
})
