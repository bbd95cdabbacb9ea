import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv order-conf set', () => {
  it('fixes the queues of a topic', async () => {
    const set = (...more: string[]) => json<{ outcome: string }>('namesrv', 'order-conf', 'set', 'ordered-set', ...more)
    expect((await set('broker-a:2', '--dry-run')).outcome).to.equal('planned')
    expect((await set('broker-a:2;broker-b:2')).outcome).to.equal('done')
    expect((await run('namesrv', 'order-conf', 'get', 'ordered-set')).stdout).to.equal('broker-a:2;broker-b:2\n')
    for (const wrong of ['broker-a', ':2', 'broker-a:x', ';'])
      expect((await run('namesrv', 'order-conf', 'set', 'ordered-set', wrong)).code, wrong).to.equal(2)
  })
})
