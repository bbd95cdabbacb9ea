import { expect } from 'chai'
import { getSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-subscriptiongroup-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_SUBSCRIPTIONGROUP_CONFIG', () => {
  const broker = sharedBroker()

  it('answers one group as Apache writes it, made if need be', async () => {
    const answer = await broker().ask(getSubscriptiongroupConfig, { group: 'Fresh' })
    expect(answer.body.toString()).to.equal(
      '{"attributes":{},"brokerId":0,"consumeBroadcastEnable":true,"consumeEnable":true,"consumeFromMinEnable":true,' +
        '"consumeMessageOrderly":false,"consumeTimeoutMinute":15,"groupName":"Fresh",' +
        '"groupRetryPolicy":{"type":"CUSTOMIZED"},"groupSysFlag":0,"notifyConsumerIdsChangedEnable":true,' +
        '"retryMaxTimes":16,"retryQueueNums":1,"whichBrokerWhenConsumeSlowly":1}'
    )
  })

  it('answers 26 for a name that no group can have', async () => {
    const answer = await broker().ask(getSubscriptiongroupConfig, { group: 'a b' })
    expect([answer.code, answer.remark]).to.deep.equal([26, 'No group in this broker'])
  })
})
