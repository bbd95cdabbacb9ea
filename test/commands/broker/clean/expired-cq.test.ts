import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker clean expired-cq', () => {
  it('asks first, and tells what became of it at each broker', async () => {
    expect((await run('broker', 'clean', 'expired-cq')).code).to.equal(11)
    expect(await json('broker', 'clean', 'expired-cq', '--dry-run')).to.deep.equal({
      dryRun: true,
      brokers: [{ brokerName: 'broker-a', outcome: 'planned' }]
    })
    expect((await run('broker', 'clean', 'expired-cq', '--yes')).stdout).to.match(/^broker-a +done$/m)
    expect((await run('broker', 'clean', 'expired-cq', '--yes', '--broker', 'no-such')).code).to.equal(4)
  })
})
