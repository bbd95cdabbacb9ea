import { expect } from 'chai'
import { getConsumerConnectionList } from '../../../../src/protocol/requests/get-consumer-connection-list.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('GET_CONSUMER_CONNECTION_LIST', () => {
  const broker = sharedBroker()

  it('answers members and subscriptions as Apache writes them', async () => {
    const data = consumer('CC1', ['TConn'])
    await broker().beat({ clientID: 'me', consumers: [data] })
    const answer = await broker().ask(getConsumerConnectionList, { consumerGroup: 'CC1' })
    const text = answer.body.toString().replace(/127\.0\.0\.1:\d+/, 'ADDRESS')
    expect(text).to.equal(
      '{"connectionSet":[{"clientAddr":"ADDRESS","clientId":"me","language":"JAVA","version":513}],' +
        '"consumeFromWhere":"CONSUME_FROM_FIRST_OFFSET","consumeType":"CONSUME_PASSIVELY",' +
        '"messageModel":"CLUSTERING","subscriptionTable":{"TConn":{"classFilterMode":false,"codeSet":[],' +
        '"expressionType":"TAG","subString":"*","subVersion":1,"tagsSet":[],"topic":"TConn"}}}'
    )
  })

  it('answers 206 for a group that is offline', async () => {
    const answer = await broker().ask(getConsumerConnectionList, { consumerGroup: 'CC9' })
    expect([answer.code, answer.remark]).to.deep.equal([206, 'the consumer group[CC9] not online'])
  })
})
