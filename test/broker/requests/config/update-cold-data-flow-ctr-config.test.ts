import { expect } from 'chai'
import { getColdDataFlowCtrInfo } from '../../../../src/protocol/requests/get-cold-data-flow-ctr-info.ts'
import { updateColdDataFlowCtrConfig } from '../../../../src/protocol/requests/update-cold-data-flow-ctr-config.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('UPDATE_COLD_DATA_FLOW_CTR_CONFIG', () => {
  const broker = sharedBroker({ options: { groupCountMax: 20 } })

  const update = (text: string) => broker().ask(updateColdDataFlowCtrConfig, {}, Buffer.from(text))
  const table = async () => JSON.parse((await broker().ask(getColdDataFlowCtrInfo, {})).body.toString()).configTable

  it('keeps a threshold for each group, over a restart too', async () => {
    expect((await update('GA=1024\nGB=5\n')).code).to.equal(0)
    expect((await update('GA=2048')).code).to.equal(0)
    expect((await update('')).code).to.equal(0)
    await broker().restart()
    expect(await table()).to.deep.equal({ GA: 2048, GB: 5 })
  })

  it('refuses what is no threshold or no group, all or nothing', async () => {
    const answer = await update('GC=1\nGA=many')
    expect([answer.code, answer.remark]).to.deep.equal([
      29,
      'the threshold of GA is not a whole number of bytes, so nothing was changed'
    ])
    expect((await update('G!=1')).code).to.equal(29)
    expect((await update(`GC=1\n${'#'.repeat(70_000)}`)).code).to.equal(29)
    expect(await table()).to.deep.equal({ GA: 2048, GB: 5 })
  })

  it('keeps no more than there may be groups', async () => {
    const many = Array.from({ length: 19 }, (_, n) => `GM${n}=1`).join('\n')
    expect((await update(many)).code).to.equal(29)
  })
})
