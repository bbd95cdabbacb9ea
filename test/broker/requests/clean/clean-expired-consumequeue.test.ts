import { expect } from 'chai'
import { cleanExpiredConsumequeue } from '../../../../src/protocol/requests/clean-expired-consumequeue.ts'
import { getMaxOffset } from '../../../../src/protocol/requests/get-max-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('CLEAN_EXPIRED_CONSUMEQUEUE', () => {
  const broker = sharedBroker()

  it('answers success and leaves all queues as they are', async () => {
    await broker().makeTopic('TKept', 1)
    await broker().send('TKept', 'body')
    expect((await broker().ask(cleanExpiredConsumequeue, {})).code).to.equal(0)
    const end = await broker().ask(getMaxOffset, { topic: 'TKept', queueId: 0 })
    expect(end.fields.get('offset')).to.equal('1')
  })
})
