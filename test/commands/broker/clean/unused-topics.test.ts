import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker clean unused-topics', () => {
  it('asks first, and tells what became of it at each broker', async () => {
    expect((await run('broker', 'clean', 'unused-topics')).code).to.equal(11)
    expect(await json('broker', 'clean', 'unused-topics', '--dry-run')).to.deep.equal({
      dryRun: true,
      brokers: [{ brokerName: 'broker-a', outcome: 'planned' }]
    })
    expect((await run('broker', 'clean', 'unused-topics', '--yes')).stdout).to.match(/^broker-a +done$/m)
    expect((await run('broker', 'clean', 'unused-topics', '--yes', '--broker', 'no-such')).code).to.equal(4)
  })
})
