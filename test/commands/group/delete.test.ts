import { expect } from 'chai'
import { committed, fails, groupAt, said, topicOf } from '../../support/group-commands.ts'

describe('mq group delete', () => {
  it('asks, and keeps the offsets unless told', async () => {
    const topic = await topicOf(3)
    const group = await groupAt(topic, 2)
    await fails(11, 'group', 'delete', group)
    await fails(11, 'group', 'delete', group, '--confirm', 'other')
    expect(await said('group', 'delete', group, '--dry-run')).to.contain('would be deleted')
    await said('group', 'delete', group, '--confirm', group)
    await fails(4, 'group', 'describe', group)
    await said('group', 'create', group)
    expect(await committed(group, topic), 'kept').to.equal(2)
    await said('group', 'delete', group, '--with-offsets', '--yes')
    await said('group', 'create', group)
    expect(await committed(group, topic), 'gone').to.equal(undefined)
  })
})
