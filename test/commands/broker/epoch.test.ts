import { expect } from 'chai'
import { run } from '../../support/ops-cluster.ts'

describe('mq broker epoch', () => {
  it('exits with 10 where no controller elects masters', async () => {
    const { code, stderr } = await run('broker', 'epoch', 'broker-a')
    expect(code).to.equal(10)
    expect(stderr).to.contain('no controller')
    expect((await run('broker', 'epoch', '--cluster', 'DefaultCluster')).code).to.equal(10)
    expect((await run('broker', 'epoch', '--cluster', 'other')).code).to.equal(4)
  })
})
