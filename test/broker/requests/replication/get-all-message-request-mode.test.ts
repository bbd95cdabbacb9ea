import { expect } from 'chai'
import { deleteSubscriptiongroup } from '../../../../src/protocol/requests/delete-subscriptiongroup.ts'
import { deleteTopicInBroker } from '../../../../src/protocol/requests/delete-topic-in-broker.ts'
import { getAllMessageRequestMode } from '../../../../src/protocol/requests/get-all-message-request-mode.ts'
import { setMessageRequestMode } from '../../../../src/protocol/requests/set-message-request-mode.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_ALL_MESSAGE_REQUEST_MODE', () => {
  const broker = sharedBroker()

  const all = async () => {
    const { messageRequestModeMap } = JSON.parse((await broker().ask(getAllMessageRequestMode, {})).body.toString())
    return Object.entries(messageRequestModeMap).map(([topic, groups]) => [topic, Object.keys(groups as object)])
  }

  it('answers by topic and group, and none at first', async () => {
    expect(await all()).to.deep.equal([])
    for (const group of ['G1', 'G2'])
      await broker().ask(updateAndCreateSubscriptiongroup, {}, Buffer.from(JSON.stringify({ groupName: group })))
    for (const topic of ['T1', 'T2']) await broker().makeTopic(topic, 1)
    for (const [topic, consumerGroup] of [
      ['T1', 'G1'],
      ['T1', 'G2'],
      ['T2', 'G1']
    ])
      await broker().ask(setMessageRequestMode, {}, Buffer.from(JSON.stringify({ topic, consumerGroup, mode: 'PULL' })))
    expect(await all()).to.deep.equal([
      ['T1', ['G1', 'G2']],
      ['T2', ['G1']]
    ])
  })

  it('forgets deleted topics and groups', async () => {
    await broker().ask(deleteTopicInBroker, { topic: 'T2' })
    await broker().ask(deleteSubscriptiongroup, { groupName: 'G2' })
    expect(await all()).to.deep.equal([['T1', ['G1']]])
  })
})
