import { expect } from 'chai'
import { groupAt, said, topicOf } from '../../support/group-commands.ts'

describe('mq group resume', () => {
  it('undoes a pause of one topic', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    await said('group', 'pause', group, '--topic', topic)
    expect(await said('group', 'describe', group)).to.match(new RegExp(`broker-a +yes .*${topic}`))
    expect(await said('group', 'resume', group, '--topic', topic, '--dry-run')).to.match(/broker-a +planned/)
    expect(await said('group', 'resume', group, '--topic', topic)).to.match(/broker-a +done/)
    expect(await said('group', 'resume', group, '--topic', topic)).to.match(/broker-a +unchanged/)
  })
})
