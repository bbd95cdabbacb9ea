import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

const set = (...more: string[]) => json<{ outcome: string }>('namesrv', 'kv', 'set', 'SET', 'k', ...more)

describe('mq namesrv kv set', () => {
  it('keeps a value at every NameServer', async () => {
    expect((await set('one', '--dry-run')).outcome).to.equal('planned')
    expect((await run('namesrv', 'kv', 'get', 'SET', 'k')).code).to.equal(4)
    expect((await set('one')).outcome).to.equal('done')
    expect((await set('one')).outcome).to.equal('unchanged')
    expect((await run('namesrv', 'kv', 'get', 'SET', 'k')).stdout).to.equal('one\n')
    expect((await run('namesrv', 'kv', 'set', 'SET', 'k')).code).to.equal(2)
  })
})
