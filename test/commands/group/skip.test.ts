import { expect } from 'chai'
import { committed, fails, groupAt, said, topicOf } from '../../support/group-commands.ts'

describe('mq group skip', () => {
  it('asks, then goes to the end', async () => {
    const topic = await topicOf(3)
    const group = await groupAt(topic, 1)
    const skip = ['group', 'skip', group, '--topic', topic]
    expect(await said(...skip, '--dry-run')).to.contain('2 messages would be skipped')
    await fails(11, ...skip)
    expect(await committed(group, topic)).to.equal(1)
    expect(await said(...skip, '--yes')).to.contain('2 messages are skipped')
    expect(await committed(group, topic)).to.equal(3)
  })
})
