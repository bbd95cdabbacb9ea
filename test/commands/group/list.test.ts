import { expect } from 'chai'
import type { GroupRow } from '../../../src/admin/group-rows.ts'
import { groupAt, said, topicOf, whileOnline } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq group list', () => {
  const names = async (...flags: string[]): Promise<string[]> =>
    (await json<{ items: GroupRow[] }>('group', 'list', ...flags)).items.map(row => row.group)

  it('filters by topic, lag and who is online', async () => {
    const topic = await topicOf(3)
    const behind = await groupAt(topic, 1)
    const done = await groupAt(topic, 3)
    const mine = ['--topic', topic]
    expect(await names(...mine)).to.deep.equal([behind, done].sort())
    expect(await names(...mine, '--lag-over', '1')).to.deep.equal([behind])
    expect(await names(...mine, '--lag-over', '2')).to.deep.equal([])
    await whileOnline(done, topic, async () => {
      expect(await names(...mine, '--online')).to.deep.equal([done])
      expect(await names(...mine, '--offline')).to.deep.equal([behind])
      expect(await said('group', 'list', ...mine)).to.match(new RegExp(`${done} +push +clustering +1 +0 `))
    })
  })

  it('leaves out the groups of the brokers, unless asked', async () => {
    expect(await names()).to.not.include('TOOLS_CONSUMER')
    expect(await names('--system', '--no-members')).to.include('TOOLS_CONSUMER')
  })
})
