import { expect } from 'chai'
import { getConsumerListByGroup } from '../../../../src/protocol/requests/get-consumer-list-by-group.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('GET_CONSUMER_LIST_BY_GROUP', () => {
  const broker = sharedBroker()

  it('lists the client ids of the group once each', async () => {
    await broker().beat({ clientID: 'a', consumers: [consumer('L1', ['T'])] })
    await broker()
      .client()
      .beat({ clientID: 'b', consumers: [consumer('L1', ['T'])] })
    await broker()
      .client()
      .beat({ clientID: 'a', consumers: [consumer('L1', ['T'])] })
    const answer = await broker().ask(getConsumerListByGroup, { consumerGroup: 'L1' })
    expect(answer.body.toString()).to.equal('{"consumerIdList":["a","b"]}')
  })

  it('says that nobody is there', async () => {
    const answer = await broker().ask(getConsumerListByGroup, { consumerGroup: 'L2' })
    expect([answer.code, answer.remark]).to.deep.equal([1, 'no consumer for this group, L2'])
  })
})
