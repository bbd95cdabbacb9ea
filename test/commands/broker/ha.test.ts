import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq broker ha', () => {
  it('shows a master without slaves', async () => {
    const { items } = await json<{ items: object[] }>('broker', 'ha')
    expect(items[0]).to.deep.include({ brokerName: 'broker-a', role: 'master', slaves: [], inSyncSlaves: 0 })
    expect((await run('broker', 'ha', 'broker-a')).stdout).to.match(/^broker-a +0 +master +\d+/m)
    expect((await run('broker', 'ha', 'no-such')).code).to.equal(4)
  })
})
