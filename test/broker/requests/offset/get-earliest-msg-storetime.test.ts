import { expect } from 'chai'
import { getEarliestMsgStoretime } from '../../../../src/protocol/requests/get-earliest-msg-storetime.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_EARLIEST_MSG_STORETIME', () => {
  const broker = sharedBroker()

  it('is the store time of the first message of the queue, -1 when it has none', async () => {
    await broker().makeTopic('TEarly', 2)
    const before = Date.now()
    await broker().send('TEarly', 'm')
    const ask = async (queueId: number): Promise<number> => {
      const answer = await broker().ask(getEarliestMsgStoretime, { topic: 'TEarly', queueId })
      return Number(answer.fields.get('timestamp'))
    }
    expect(await ask(0)).to.be.within(before, Date.now())
    expect(await ask(1)).to.equal(-1)
  })
})
