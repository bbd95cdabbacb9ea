import { expect } from 'chai'
import { committed, fails, fresh, groupAt, said, topicOf } from '../../support/group-commands.ts'

describe('mq group clone-offset', () => {
  it('gives one group the offsets of another', async () => {
    const topic = await topicOf(3)
    const group = await groupAt(topic, 2)
    const into = fresh('copy')
    await said('group', 'create', into)
    const clone = ['group', 'clone-offset', group, into, '--topic', topic]
    expect(await said(...clone, '--dry-run')).to.contain(`would be given to ${into}`)
    await fails(11, ...clone)
    expect(await committed(into, topic)).to.equal(undefined)
    await said(...clone, '--yes')
    expect(await committed(into, topic)).to.equal(2)
    await fails(2, 'group', 'clone-offset', group, group, '--yes')
  })
})
