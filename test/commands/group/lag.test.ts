import { expect } from 'chai'
import type { GroupLag } from '../../../src/admin/group-rows.ts'
import { fails, groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'
import { json, run } from '../../support/ops-cluster.ts'

describe('mq group lag', () => {
  it('shows it by queue, topic and client', async () => {
    const topic = await topicOf(3)
    const group = await groupAt(topic, 1)
    expect(await said('group', 'lag', group)).to.match(new RegExp(`${group} +${topic} +broker-a/0 +1 +3 +2 `))
    expect(await said('group', 'lag', group, '--by', 'topic')).to.match(new RegExp(`${topic} +1 +1 +3 +2 `))
    await whileOnline(group, topic, async clientId => {
      expect(await said('group', 'lag', group, '--by', 'client')).to.contain(clientId)
    })
  })

  it('shows several groups, and all of them without a name', async () => {
    const topic = await topicOf(1)
    const [one, two] = [await groupAt(topic, 0), await groupAt(topic, 1)]
    const found = await json<{ items: GroupLag[] }>('group', 'lag', one, two)
    expect(found.items.map(item => [item.group, item.lag])).to.deep.equal([
      [one, 1],
      [two, 0]
    ])
    const all = await json<{ items: GroupLag[] }>('group', 'lag', '--topic', topic)
    expect(all.items.map(item => item.group)).to.include(two)
  })

  it('exits with 9 when a group is too far behind, and still prints it', async () => {
    const topic = await topicOf(3)
    const group = await groupAt(topic, 1)
    expect((await run('group', 'lag', group, '--max', '2', '--max-age', '1h')).code).to.equal(0)
    expect(await fails(9, 'group', 'lag', group, '--max', '1')).to.contain('lags 2 messages, more than 1')
    expect(await fails(9, 'group', 'lag', group, '--max-age', '1ms')).to.contain('has waited')
    const { code, stdout } = await run('group', 'lag', group, '--max', '1', '--json')
    expect([code, JSON.parse(stdout).items[0].lag]).to.deep.equal([9, 2])
    await fails(4, 'group', 'lag', 'nobody-knows-me')
  })
})
