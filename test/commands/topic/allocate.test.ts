import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq topic allocate', () => {
  it('shares queues out as clients do', async () => {
    await run('topic', 'create', 'shared', '--queues', '5')
    const { items } = await json<{ items: { clientId: string; queues: { queueId: number }[] }[] }>(
      ...['topic', 'allocate', 'shared', '--clients', 'b,a']
    )
    expect(items.map(row => [row.clientId, row.queues.map(queue => queue.queueId)])).to.deep.equal([
      ['b', [3, 4]],
      ['a', [0, 1, 2]]
    ])
    expect((await run('topic', 'allocate', 'shared', '--clients', 'a')).stdout).to.contain('broker-a/4')
  })

  it('refuses clients that are none', async () => {
    expect((await run('topic', 'allocate', 'shared')).code).to.equal(2)
    expect((await run('topic', 'allocate', 'shared', '--clients', ',')).code).to.equal(2)
    expect((await run('topic', 'allocate', 'shared', '--clients', 'a,a')).code).to.equal(2)
  })
})
