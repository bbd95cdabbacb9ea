import { expect } from 'chai'
import { resetMasterFlushOffset } from '../../../../src/protocol/requests/reset-master-flush-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('RESET_MASTER_FLUSH_OFFSET', () => {
  const broker = sharedBroker()

  it('is ignored by a master', async () => {
    const before = broker().broker.stats().store.flushedPhysicalOffset
    const answer = await broker().ask(resetMasterFlushOffset, { masterFlushOffset: 12_345 })
    expect([answer.code, answer.remark]).to.deep.equal([0, undefined])
    expect(broker().broker.stats().store.flushedPhysicalOffset).to.equal(before)
  })
})
