import { expect } from 'chai'
import type { GroupDescription } from '../../../src/admin/group-rows.ts'
import { fails, fresh, said } from '../../support/group-commands.ts'
import { json } from '../../support/ops-cluster.ts'

describe('mq group create', () => {
  it('sets what is given, and nothing in a dry run', async () => {
    const group = fresh('group')
    expect(await said('group', 'create', group, '--dry-run')).to.contain('would be created')
    await fails(4, 'group', 'describe', group)
    await said('group', 'create', group, '--max-retries', '3', '--orderly', '--no-broadcast', '--consume-timeout', '2')
    const [row] = (await json<GroupDescription>('group', 'describe', group)).brokers
    expect(row).to.include({
      retryMaxTimes: 3,
      consumeMessageOrderly: true,
      consumeBroadcastEnable: false,
      consumeTimeoutMinute: 2,
      retryQueueNums: 1
    })
  })

  it('exits with 5 when it is there, unless told what to do', async () => {
    const group = fresh('group')
    await said('group', 'create', group)
    await fails(5, 'group', 'create', group)
    expect(await said('group', 'create', group, '--if-not-exists')).to.contain('is there already')
    expect(await said('group', 'create', group, '--or-update', '--max-retries', '4')).to.contain('updated')
    await fails(2, 'group', 'create', 'a b')
  })
})
