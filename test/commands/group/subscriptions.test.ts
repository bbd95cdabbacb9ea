import { expect } from 'chai'
import { PushConsumer } from '../../../src/client/push-consumer.ts'
import { eventually } from '../../support/eventually.ts'
import { fails, groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'
import { json, ops } from '../../support/ops-cluster.ts'

describe('mq group subscriptions', () => {
  it('says whether all members agree', async () => {
    const topic = await topicOf(1)
    const group = await groupAt(topic, 1)
    expect(await said('group', 'subscriptions', group, '--verify')).to.contain('Nobody is online')
    await whileOnline(group, topic, async () => {
      expect(await said('group', 'subscriptions', group, '--verify')).to.contain('All 1 members')
      const options = { namesrvAddr: ops().namesrv, group, topics: { [topic]: 'A' } }
      const other = await PushConsumer.open({ ...options, handler: async () => {} })
      try {
        const members = () => json<{ members: unknown[] }>('group', 'members', group)
        await eventually(async () => (await members()).members.length === 2, 'both are known')
        expect(await fails(9, 'group', 'subscriptions', group, '--verify')).to.contain('TAG A')
        expect(await said('group', 'subscriptions', group)).to.contain('TAG A')
      } finally {
        await other.close()
      }
    })
  })
})
