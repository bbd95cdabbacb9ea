import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker clean expired-log', () => {
  it('asks first, and tells what became of it at each broker', async () => {
    expect((await run('broker', 'clean', 'expired-log')).code).to.equal(11)
    expect(await json('broker', 'clean', 'expired-log', '--dry-run')).to.deep.equal({
      dryRun: true,
      brokers: [{ brokerName: 'broker-a', outcome: 'planned' }]
    })
    expect((await run('broker', 'clean', 'expired-log', '--yes')).stdout).to.match(/^broker-a +done$/m)
    expect((await run('broker', 'clean', 'expired-log', '--yes', '--broker', 'no-such')).code).to.equal(4)
  })
})
