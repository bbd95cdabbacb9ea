import { expect } from 'chai'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq topic groups', () => {
  it('lists the groups that read a topic', async () => {
    await run('topic', 'create', 'read-by', '--queues', '1')
    const none = await run('topic', 'groups', 'read-by')
    expect(none).to.include({ code: 0, stdout: '', stderr: 'No group has read read-by.\n' })
    await run('produce', 'read-by', '--count', '3', 'x')
    await run('consume', 'read-by', '-g', 'readers', '-e')
    await run('produce', 'read-by', 'x')
    const { items } = await json<{ items: object[] }>('topic', 'groups', 'read-by')
    expect(items).to.have.length(1)
    expect(items[0]).to.include({ group: 'readers', lag: 1 })
    expect((await run('topic', 'groups', 'no-such')).code).to.equal(4)
  })
})
