import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv config list', () => {
  it('lists settings, all or those that match', async () => {
    const keys = async (...flags: string[]) =>
      (await json<{ items: { key: string }[] }>('namesrv', 'config', 'list', ...flags)).items.map(row => row.key)
    expect(await keys()).to.include.members(['listenPort', 'orderMessageEnable'])
    expect(await keys('--match', 'listen.*')).to.deep.equal(['listenPort'])
    expect((await run('namesrv', 'config', 'list', '--match', '(')).code).to.equal(2)
  })
})
