import { expect } from 'chai'
import { fails, groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'

describe('mq client describe', () => {
  it('shows the groups of a client, and what it holds', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    await whileOnline(group, topic, async clientId => {
      expect(await said('client', 'describe', clientId)).to.match(new RegExp(`Consumes +${group}`))
      expect(await fails(4, 'client', 'describe', `${clientId}x`)).to.contain(`did you mean ${clientId}?`)
    })
  })
})
