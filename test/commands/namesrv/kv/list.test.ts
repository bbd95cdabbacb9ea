import { expect } from 'chai'
import { json, run } from '../../../support/ops-cluster.ts'

describe('mq namesrv kv list', () => {
  it('lists a namespace, also one that is not there', async () => {
    expect(await run('namesrv', 'kv', 'list', 'EMPTY')).to.include({ code: 0, stdout: '' })
    await run('namesrv', 'kv', 'set', 'LISTED', 'b', '2')
    await run('namesrv', 'kv', 'set', 'LISTED', 'a', '1')
    const { items } = await json<{ items: object[] }>('namesrv', 'kv', 'list', 'LISTED')
    expect(items).to.deep.equal([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' }
    ])
  })
})
