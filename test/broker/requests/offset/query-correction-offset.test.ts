import { expect } from 'chai'
import { getAllConsumerOffset } from '../../../../src/protocol/requests/get-all-consumer-offset.ts'
import { queryCorrectionOffset } from '../../../../src/protocol/requests/query-correction-offset.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('QUERY_CORRECTION_OFFSET', () => {
  const broker = sharedBroker()

  const ask = async (compareGroup: string, filterGroups?: string): Promise<string> => {
    const header = { topic: 'TCorr', compareGroup, ...(filterGroups === undefined ? {} : { filterGroups }) }
    return (await broker().ask(queryCorrectionOffset, header)).body.toString()
  }

  before(async () => {
    await broker().makeTopic('TCorr', 2)
    for (let n = 0; n < 8; n++) await broker().send('TCorr', 'm', { queueId: n % 2 })
    const offsets = { G1: [1, 3], G2: [2, 2], G3: [4, 1] }
    for (const [consumerGroup, [zero, one]] of Object.entries(offsets)) {
      await broker().ask(updateAndCreateSubscriptiongroup, {}, Buffer.from(`{"groupName":"${consumerGroup}"}`))
      await broker().ask(updateConsumerOffset, { consumerGroup, topic: 'TCorr', queueId: 0, commitOffset: zero! })
      await broker().ask(updateConsumerOffset, { consumerGroup, topic: 'TCorr', queueId: 1, commitOffset: one! })
    }
  })

  it('answers the least offset of all groups for each queue, with bare queue ids', async () => {
    expect(await ask('GNone')).to.equal('{"correctionOffsets":{0:1,1:1}}')
    expect(await ask('G3')).to.equal('{"correctionOffsets":{0:1,1:1}}')
  })

  it('answers Long.MAX_VALUE where the group to compare is behind the others', async () => {
    expect(await ask('G1', 'G1,GNone')).to.equal('{"correctionOffsets":{0:9223372036854775807,1:1}}')
    expect(await ask('G1', 'G1,G2,G3'), 'nobody else').to.equal(
      '{"correctionOffsets":{0:9223372036854775807,1:9223372036854775807}}'
    )
  })

  it('leaves groups out without touching their offsets', async () => {
    expect(await ask('GNone', 'G1,G3')).to.equal('{"correctionOffsets":{0:2,1:2}}')
    const all = (await broker().ask(getAllConsumerOffset, {})).body.toString()
    expect(all).to.include('"TCorr@G1":{0:1,1:3}').and.to.include('"TCorr@G3":{0:4,1:1}')
  })
})
