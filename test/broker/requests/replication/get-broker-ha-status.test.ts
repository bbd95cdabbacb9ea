import { expect } from 'chai'
import { getBrokerHaStatus } from '../../../../src/protocol/requests/get-broker-ha-status.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_BROKER_HA_STATUS', () => {
  const broker = sharedBroker()

  it('answers as Apache does for a master without slaves, with the end of the log', async () => {
    await broker().makeTopic('THa', 1)
    await broker().send('THa', 'body')
    const end = broker().broker.stats().store.maxPhysicalOffset
    expect(end).to.be.greaterThan(0)
    expect((await broker().ask(getBrokerHaStatus, {})).body.toString()).to.equal(
      '{"haClientRuntimeInfo":{"lastReadTimestamp":0,"lastWriteTimestamp":0,"masterFlushOffset":0,"maxOffset":0,' +
        '"transferredByteInSecond":0},"haConnectionInfo":[],"inSyncSlaveNums":0,"master":true,' +
        `"masterCommitLogMaxOffset":${end}}`
    )
  })
})
