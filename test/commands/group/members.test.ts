import { expect } from 'chai'
import { groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'

describe('mq group members', () => {
  it('shows who is in it, and what it subscribes', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    expect(await said('group', 'members', group)).to.contain('Nobody is online')
    await whileOnline(group, topic, async clientId => {
      expect(await said('group', 'members', group))
        .to.contain(clientId)
        .and.contain(topic)
    })
  })
})
