import { expect } from 'chai'
import { run } from '../../../support/ops-cluster.ts'

describe('mq broker readahead set', () => {
  it('exits with 10 on a broker of mq', async () => {
    const { code, stderr } = await run('broker', 'readahead', 'set', 'random')
    expect(code).to.equal(10)
    expect(stderr).to.contain('LevelDB')
    expect((await run('broker', 'readahead', 'set', '1', '--dry-run')).stdout).to.contain('planned')
    expect((await run('broker', 'readahead', 'set', 'wild')).code).to.equal(2)
  })
})
