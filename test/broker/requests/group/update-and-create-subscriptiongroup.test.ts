import { expect } from 'chai'
import { defaultGroup } from '../../../../src/broker/groups/groups.ts'
import { groupConfigShape } from '../../../../src/protocol/bodies/group-config.ts'
import { readBody, writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { getSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-subscriptiongroup-config.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('UPDATE_AND_CREATE_SUBSCRIPTIONGROUP', () => {
  const broker = sharedBroker({ options: { autoCreateSubscriptionGroup: false } })

  const put = (groupName: string, more: object = {}) =>
    broker().ask(
      updateAndCreateSubscriptiongroup,
      {},
      writeBody(groupConfigShape, { ...defaultGroup(groupName), ...more })
    )
  const get = async (group: string) => {
    const answer = await broker().ask(getSubscriptiongroupConfig, { group })
    return answer.code === 0 ? readBody(groupConfigShape, answer.body) : undefined
  }

  it('makes a group, durable when it is answered, and changes it', async () => {
    expect((await put('S1', { retryMaxTimes: 3, consumeBroadcastEnable: false })).code).to.equal(0)
    expect(await get('S1')).to.deep.include({ retryMaxTimes: 3, consumeBroadcastEnable: false, retryQueueNums: 1 })
    await broker().restart()
    expect(await get('S1')).to.deep.include({ retryMaxTimes: 3, consumeBroadcastEnable: false })
    await put('S1', { retryMaxTimes: 4 })
    expect(await get('S1')).to.deep.include({ retryMaxTimes: 4, consumeBroadcastEnable: true })
  })

  it('sets and removes attributes', async () => {
    await put('S2', { attributes: { '+priority.factor': '50' } })
    expect({ ...(await get('S2'))?.attributes }).to.deep.equal({ 'priority.factor': '50' })
    await put('S2', { attributes: { '-priority.factor': '' } })
    expect({ ...(await get('S2'))?.attributes }).to.deep.equal({})
    expect((await put('S2', { attributes: { '+priority.factor': '101' } })).code).to.equal(1)
    expect((await put('S2', { attributes: { '+nope': '1' } })).remark).to.equal('unsupported key: nope')
  })

  it('refuses bad names and numbers', async () => {
    for (const name of ['', 'a b', 'x'.repeat(121)]) expect((await put(name)).code, name).to.equal(29)
    expect((await put('S3', { retryQueueNums: -1 })).code).to.equal(29)
    expect(await get('S3')).to.equal(undefined)
  })
})
