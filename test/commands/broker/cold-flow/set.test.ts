import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

const limit = async (group: string) =>
  (
    await json<{ items: { groups: { group: string; threshold?: number }[] }[] }>('broker', 'cold-flow', 'list')
  ).items[0]!.groups.find(row => row.group === group)?.threshold

describe('mq broker cold-flow set', () => {
  it('keeps a limit for a group', async () => {
    expect((await run('broker', 'cold-flow', 'set', 'cold-set', '1', '--dry-run')).stdout).to.contain('planned')
    expect(await limit('cold-set')).to.equal(undefined)
    expect((await run('broker', 'cold-flow', 'set', 'cold-set', '1024')).code).to.equal(0)
    expect(await limit('cold-set')).to.equal(1024)
    for (const wrong of ['many', '-1', '1.5']) {
      expect((await run('broker', 'cold-flow', 'set', 'cold-set', wrong)).code, wrong).to.equal(2)
    }
    expect((await run('broker', 'cold-flow', 'set', 'a b', '1')).code).to.equal(2)
  })
})
