import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq broker cold-flow list', () => {
  it('lists the limits of a broker and of groups', async () => {
    await run('broker', 'cold-flow', 'set', 'cold-list', '4096')
    const { items } = await json<{ items: { groups: object[] }[] }>('broker', 'cold-flow', 'list')
    expect(items[0]!.groups).to.deep.include({ group: 'cold-list', threshold: 4096 })
    expect((await run('broker', 'cold-flow', 'list')).stdout).to.match(/^broker-a +cold-list +4096 /m)
  })
})
