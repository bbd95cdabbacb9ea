import { expect } from 'chai'
import { getColdDataFlowCtrInfo } from '../../../../src/protocol/requests/get-cold-data-flow-ctr-info.ts'
import { removeColdDataFlowCtrConfig } from '../../../../src/protocol/requests/remove-cold-data-flow-ctr-config.ts'
import { updateColdDataFlowCtrConfig } from '../../../../src/protocol/requests/update-cold-data-flow-ctr-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('REMOVE_COLD_DATA_FLOW_CTR_CONFIG', () => {
  const broker = sharedBroker()

  it('removes the threshold of one group; one that has none counts as done', async () => {
    await broker().ask(updateColdDataFlowCtrConfig, {}, Buffer.from('GA=1\nGB=2'))
    expect((await broker().ask(removeColdDataFlowCtrConfig, {}, Buffer.from('GA'))).code).to.equal(0)
    expect((await broker().ask(removeColdDataFlowCtrConfig, {}, Buffer.from('GNone'))).code).to.equal(0)
    await broker().restart()
    const info = JSON.parse((await broker().ask(getColdDataFlowCtrInfo, {})).body.toString())
    expect(info.configTable).to.deep.equal({ GB: 2 })
  })
})
