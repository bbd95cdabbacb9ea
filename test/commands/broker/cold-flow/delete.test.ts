import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker cold-flow delete', () => {
  it('takes a limit away when that is confirmed', async () => {
    const text = async () => (await run('broker', 'cold-flow', 'list')).stdout
    await run('broker', 'cold-flow', 'set', 'cold-gone', '1024')
    expect((await run('broker', 'cold-flow', 'delete', 'cold-gone')).code).to.equal(11)
    expect(await json('broker', 'cold-flow', 'delete', 'cold-gone', '--dry-run')).to.include({ dryRun: true })
    expect(await text()).to.contain('cold-gone')
    expect((await run('broker', 'cold-flow', 'delete', 'cold-gone', '--yes')).code).to.equal(0)
    expect(await text()).to.not.contain('cold-gone')
  })
})
