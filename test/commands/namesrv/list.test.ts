import { expect } from 'chai'
import { mq } from '../../support/mq.ts'
import { json, ops } from '../../support/ops-cluster.ts'

describe('mq namesrv list', () => {
  it('shows each with what it knows, also one that is away', async () => {
    const { items } = await json<{ items: object[] }>('namesrv', 'list')
    expect(items[0]).to.include({ reachable: true, clusters: 1, brokers: 1 })
    const one = await mq(['namesrv', 'list', '-n', `${ops().namesrv};127.0.0.1:1`])
    expect(one.code).to.equal(0)
    expect(one.stdout).to.match(/^127\.0\.0\.1:1 +no /m)
    expect((await mq(['namesrv', 'list', '-n', '127.0.0.1:1'])).code).to.equal(7)
  })
})
