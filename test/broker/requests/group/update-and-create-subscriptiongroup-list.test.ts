import { expect } from 'chai'
import { defaultGroup } from '../../../../src/broker/groups/groups.ts'
import { groupConfigListShape } from '../../../../src/protocol/bodies/group-config-wrapper.ts'
import { writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { getSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-subscriptiongroup-config.ts'
import { updateAndCreateSubscriptiongroupList } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup-list.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST', () => {
  const broker = sharedBroker({ options: { autoCreateSubscriptionGroup: false } })

  const put = (...names: string[]) =>
    broker().ask(
      updateAndCreateSubscriptiongroupList,
      {},
      writeBody(groupConfigListShape, { groupConfigList: names.map(defaultGroup) })
    )
  const exists = async (group: string): Promise<boolean> =>
    (await broker().ask(getSubscriptiongroupConfig, { group })).code === 0

  it('makes all groups of the list, or none when one is refused', async () => {
    expect((await put('SL1', 'SL2')).code).to.equal(0)
    expect([await exists('SL1'), await exists('SL2')]).to.deep.equal([true, true])
    expect((await put('SL3', 'a b')).code).to.equal(29)
    expect(await exists('SL3')).to.equal(false)
  })
})
