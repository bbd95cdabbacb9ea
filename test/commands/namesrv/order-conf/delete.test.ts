import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv order-conf delete', () => {
  it('takes the fixed queues away when that is confirmed', async () => {
    await run('namesrv', 'order-conf', 'set', 'ordered-gone', 'broker-a:2')
    expect((await run('namesrv', 'order-conf', 'delete', 'ordered-gone')).code).to.equal(11)
    expect(await json('namesrv', 'order-conf', 'delete', 'ordered-gone', '--dry-run')).to.include({
      outcome: 'planned'
    })
    expect((await run('namesrv', 'order-conf', 'delete', 'ordered-gone', '--yes')).code).to.equal(0)
    expect((await run('namesrv', 'order-conf', 'delete', 'ordered-gone', '--yes')).code).to.equal(4)
  })
})
