import { expect } from 'chai'
import { getAllMessageRequestMode } from '../../../../src/protocol/requests/get-all-message-request-mode.ts'
import { getSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-subscriptiongroup-config.ts'
import { setMessageRequestMode } from '../../../../src/protocol/requests/set-message-request-mode.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('SET_MESSAGE_REQUEST_MODE', () => {
  const broker = sharedBroker()

  const set = async (more: Readonly<Record<string, unknown>>) => {
    const body = { topic: 'TM', consumerGroup: 'GM', mode: 'PULL', popShareQueueNum: 0, ...more }
    const answer = await broker().ask(setMessageRequestMode, {}, Buffer.from(JSON.stringify(body)))
    return [answer.code, answer.remark]
  }

  before(async () => {
    await broker().makeTopic('TM', 1)
    await broker().ask(updateAndCreateSubscriptiongroup, {}, Buffer.from('{"groupName":"GM"}'))
  })

  it('keeps the mode, over a restart too', async () => {
    expect(await set({ popShareQueueNum: 2 })).to.deep.equal([0, undefined])
    await broker().restart()
    expect((await broker().ask(getAllMessageRequestMode, {})).body.toString()).to.equal(
      '{"messageRequestModeMap":{"TM":{"GM":{"consumerGroup":"GM","mode":"PULL","popShareQueueNum":2,"topic":"TM"}}}}'
    )
  })

  it('refuses a mode that it could not serve, and says why', async () => {
    expect(await set({ mode: 'POP' })).to.deep.equal([
      3,
      'this broker has no POP, so consumers of it can only be set to PULL'
    ])
    expect(await set({ mode: 'PUSH' })).to.deep.equal([29, 'the mode must be PULL or POP'])
  })

  it('makes the group, as its first use does', async () => {
    expect(await set({ consumerGroup: 'GMade' })).to.deep.equal([0, undefined])
    expect((await broker().ask(getSubscriptiongroupConfig, { group: 'GMade' })).code).to.equal(0)
  })

  it('refuses retry topics, unknown topics and unknown groups, in the words of Apache', async () => {
    expect(await set({ topic: '%RETRY%GM' })).to.deep.equal([16, 'retry topic is not allowed to set mode'])
    expect(await set({ topic: 'TNone' })).to.deep.equal([17, 'topic[TNone] not exist'])
    await broker().restart({ autoCreateSubscriptionGroup: false })
    expect(await set({ consumerGroup: 'GNone' })).to.deep.equal([26, 'subscription group does not exist'])
  })
})
