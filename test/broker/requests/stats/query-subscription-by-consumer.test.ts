import { expect } from 'chai'
import { querySubscriptionByConsumer } from '../../../../src/protocol/requests/query-subscription-by-consumer.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('QUERY_SUBSCRIPTION_BY_CONSUMER', () => {
  const broker = sharedBroker()

  const ask = async (group: string, topic: string): Promise<string> =>
    (await broker().ask(querySubscriptionByConsumer, { group, topic })).body.toString()

  it('answers what an online group subscribes of the topic', async () => {
    await broker().beat({ clientID: 'c', consumers: [consumer('GSub', ['TSub'])] })
    expect(await ask('GSub', 'TSub')).to.equal(
      '{"group":"GSub","subscriptionData":{"classFilterMode":false,"codeSet":[],"expressionType":"TAG",' +
        '"subString":"*","subVersion":1,"tagsSet":[],"topic":"TSub"},"topic":"TSub"}'
    )
  })

  it('answers none for another topic, and for a group that is offline', async () => {
    expect(await ask('GSub', 'TOther')).to.equal('{"group":"GSub","topic":"TOther"}')
    expect(await ask('GNone', 'TSub')).to.equal('{"group":"GNone","topic":"TSub"}')
  })
})
