import { expect } from 'chai'
import type { GroupDescription } from '../../../src/admin/group-rows.ts'
import { fails, fresh, said } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq group update', () => {
  it('changes only what is given', async () => {
    const group = fresh('group')
    await said('group', 'create', group, '--max-retries', '3')
    await said('group', 'update', group, '--retry-queues', '2', '--slow-broker-id', '0', '--dry-run')
    const settings = async () => (await json<GroupDescription>('group', 'describe', group)).brokers[0]
    expect(await settings()).to.include({ retryMaxTimes: 3, retryQueueNums: 1 })
    await said('group', 'update', group, '--retry-queues', '2', '--slow-broker-id', '0')
    expect(await settings()).to.include({ retryMaxTimes: 3, retryQueueNums: 2, whichBrokerWhenConsumeSlowly: 0 })
  })

  it('makes no group, and wants a setting', async () => {
    const group = fresh('none')
    await fails(4, 'group', 'update', group, '--max-retries', '3')
    await fails(4, 'group', 'describe', group)
    expect(await fails(2, 'group', 'update', group)).to.contain('nothing to change')
  })
})
