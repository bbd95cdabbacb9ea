import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv order-conf get', () => {
  it('shows the queues that `topic create --order` has fixed', async () => {
    await run('topic', 'create', 'ordered-get', '--order', '--queues', '3')
    expect(await run('namesrv', 'order-conf', 'get', 'ordered-get')).to.include({ code: 0, stdout: 'broker-a:3\n' })
    expect(await json('namesrv', 'order-conf', 'get', 'ordered-get')).to.include({ value: 'broker-a:3' })
    expect((await run('namesrv', 'order-conf', 'get', 'no-such')).code).to.equal(4)
  })
})
