import { expect } from 'chai'
import { run } from '../../../support/ops-cluster.ts'

describe('mq namesrv kv delete', () => {
  it('removes a key when that is confirmed', async () => {
    await run('namesrv', 'kv', 'set', 'GONE', 'k', 'v')
    expect((await run('namesrv', 'kv', 'delete', 'GONE', 'k')).code).to.equal(11)
    expect((await run('namesrv', 'kv', 'delete', 'GONE', 'k', '--dry-run')).stdout).to.contain('would be removed')
    expect((await run('namesrv', 'kv', 'get', 'GONE', 'k')).code).to.equal(0)
    expect((await run('namesrv', 'kv', 'delete', 'GONE', 'k', '--confirm', 'k')).code).to.equal(0)
    expect((await run('namesrv', 'kv', 'delete', 'GONE', 'k', '--yes')).code).to.equal(4)
  })
})
