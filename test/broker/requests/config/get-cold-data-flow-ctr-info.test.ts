import { expect } from 'chai'
import { getColdDataFlowCtrInfo } from '../../../../src/protocol/requests/get-cold-data-flow-ctr-info.ts'
import { updateColdDataFlowCtrConfig } from '../../../../src/protocol/requests/update-cold-data-flow-ctr-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_COLD_DATA_FLOW_CTR_INFO', () => {
  const broker = sharedBroker()

  const info = async () => (await broker().ask(getColdDataFlowCtrInfo, {})).body.toString()
  const rest = '"cgColdReadThreshold":3145728,"globalColdReadThreshold":104857600,"globalAcc":0}'

  it('is byte for byte what a fresh Apache broker answers', async () => {
    expect(await info()).to.equal(`{"runtimeTable":{},"configTable":{},${rest}`)
  })

  it('shows the thresholds that were set', async () => {
    await broker().ask(updateColdDataFlowCtrConfig, {}, Buffer.from('GA=1024'))
    expect(await info()).to.equal(`{"runtimeTable":{},"configTable":{"GA":1024},${rest}`)
  })
})
