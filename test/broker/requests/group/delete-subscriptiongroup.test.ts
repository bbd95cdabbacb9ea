import { expect } from 'chai'
import { deleteSubscriptiongroup } from '../../../../src/protocol/requests/delete-subscriptiongroup.ts'
import { getAllSubscriptiongroupConfig } from '../../../../src/protocol/requests/get-all-subscriptiongroup-config.ts'
import { queryTopicsByConsumer } from '../../../../src/protocol/requests/query-topics-by-consumer.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('DELETE_SUBSCRIPTIONGROUP', () => {
  const broker = sharedBroker()

  const groups = async (): Promise<string> => (await broker().ask(getAllSubscriptiongroupConfig, {})).body.toString()
  const offsets = async (group: string): Promise<string> =>
    (await broker().ask(queryTopicsByConsumer, { group })).body.toString()
  const prepare = async (group: string): Promise<void> => {
    await broker().beat({ clientID: group, consumers: [consumer(group, ['TDel'])] })
    const header = { consumerGroup: group, topic: 'TDel', queueId: 0, commitOffset: 0 }
    await broker().ask(updateConsumerOffset, header)
  }

  before(() => broker().makeTopic('TDel', 1))

  it('takes the group, and its offsets only when asked to, for good', async () => {
    await prepare('X1')
    await prepare('X2')
    expect((await broker().ask(deleteSubscriptiongroup, { groupName: 'X1' })).code).to.equal(0)
    expect((await broker().ask(deleteSubscriptiongroup, { groupName: 'X2', cleanOffset: true })).code).to.equal(0)
    const checks = async () => {
      expect(await groups()).not.to.match(/"X[12]"/)
      expect(await offsets('X1')).to.include('TDel')
      expect(await offsets('X2')).not.to.include('TDel')
    }
    await checks()
    await broker().restart()
    await checks()
  })

  it('is no error for a group that is not there', async () => {
    expect((await broker().ask(deleteSubscriptiongroup, { groupName: 'X9', cleanOffset: true })).code).to.equal(0)
  })
})
