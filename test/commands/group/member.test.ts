import { expect } from 'chai'
import { eventually } from '../../support/eventually.ts'
import { fails, groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'

describe('mq group member', () => {
  it('shows what a member holds and how it is set up', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    await whileOnline(group, topic, async clientId => {
      const queues = () => said('group', 'member', group, clientId, '--queues')
      await eventually(async () => (await queues()).includes('broker-a/0'), 'it holds the queue')
      expect(await queues()).to.not.contain('PROP_')
      expect(await said('group', 'member', group, clientId, '--config')).to.contain('PROP_CONSUME_TYPE')
      expect(await said('group', 'member', group, clientId, '--stack')).to.contain('tells no stacks')
      expect(await fails(4, 'group', 'member', group, `${clientId}x`)).to.contain(`did you mean ${clientId}?`)
    })
  })
})
