import { expect } from 'chai'
import { getBrokerEpochCache } from '../../../../src/protocol/requests/get-broker-epoch-cache.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_BROKER_EPOCH_CACHE', () => {
  const broker = sharedBroker()

  it('is refused without a controller, in the words of Apache', async () => {
    const answer = await broker().ask(getBrokerEpochCache, {})
    expect([answer.code, answer.remark]).to.deep.equal([1, 'this request only for controllerMode '])
  })
})
