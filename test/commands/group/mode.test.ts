import { expect } from 'chai'
import { fails, groupAt, said, topicOf } from '../../support/group-commands.ts'

describe('mq group mode', () => {
  it('sets pull; pop is not supported by this broker', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    expect(await said('group', 'mode', group, 'pull', '--topic', topic)).to.match(/broker-a +done/)
    expect(await said('group', 'mode', group, 'pop', '--topic', topic, '--dry-run')).to.match(/broker-a +planned/)
    expect(await fails(10, 'group', 'mode', group, 'pop', '--topic', topic)).to.contain('has no POP')
  })
})
