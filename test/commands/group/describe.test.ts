import { expect } from 'chai'
import { fails, groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'

describe('mq group describe', () => {
  it('shows settings, members, subscriptions and lag', async () => {
    const topic = await topicOf(2)
    const group = await groupAt(topic, 1)
    expect(await said('group', 'describe', group))
      .to.contain(`${group}  offline  lag 1`)
      .and.contain(topic)
    await whileOnline(group, topic, async clientId => {
      const text = await said('group', 'describe', group)
      expect(text).to.contain('1 online, push, clustering').and.contain(clientId)
    })
  })

  it('exits with 4 and knows what was meant', async () => {
    const group = await groupAt(await topicOf(1), 1)
    expect(await fails(4, 'group', 'describe', `${group}x`)).to.contain(`did you mean ${group}?`)
  })
})
