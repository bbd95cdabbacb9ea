import { expect } from 'chai'
import { getMinOffset } from '../../../../src/protocol/requests/get-min-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_MIN_OFFSET', () => {
  const broker = sharedBroker()

  const offset = async (topic: string, queueId: number): Promise<string | undefined> =>
    (await broker().ask(getMinOffset, { topic, queueId })).fields.get('offset')

  before(async () => {
    await broker().makeTopic('TEnds', 4)
    for (let n = 0; n < 3; n++) await broker().send('TEnds', `m${n}`, { queueId: 1 })
  })

  it('answers the queue offset', async () => {
    expect(await offset('TEnds', 1)).to.equal('0')
  })

  it('is 0 for a queue that is empty or does not exist', async () => {
    expect(await offset('TEnds', 0)).to.equal('0')
    expect(await offset('TEnds', 99)).to.equal('0')
    expect(await offset('TNone', 0)).to.equal('0')
  })
})
