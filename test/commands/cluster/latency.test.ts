import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq cluster latency', () => {
  it('sends to each broker, and ends', async () => {
    const { items } = await json<{ items: { sent: number; minMs: number; maxMs: number }[] }>(
      ...['cluster', 'latency', '--count', '5', '--size', '1000']
    )
    expect(items).to.have.length(1)
    expect(items[0]).to.include({ brokerName: 'broker-a', sent: 5, failed: 0 })
    expect(items[0]!.minMs).to.be.greaterThan(0).and.at.most(items[0]!.maxMs)
    expect((await run('cluster', 'latency', '-N', '1', '--broker', 'broker-a')).stdout).to.match(/broker-a +1 +0 /)
    expect((await run('cluster', 'latency', '--count', '0')).code).to.equal(2)
    expect((await run('cluster', 'latency', '--broker', 'no-such')).code).to.equal(4)
  })
})
