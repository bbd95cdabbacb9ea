import { expect } from 'chai'
import { getMaxOffset } from '../../../../src/protocol/requests/get-max-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_MAX_OFFSET', () => {
  const broker = sharedBroker()

  const offset = async (topic: string, queueId: number): Promise<string | undefined> =>
    (await broker().ask(getMaxOffset, { topic, queueId })).fields.get('offset')

  before(async () => {
    await broker().makeTopic('TEnds', 4)
    for (let n = 0; n < 3; n++) await broker().send('TEnds', `m${n}`, { queueId: 1 })
  })

  it('answers the queue offset', async () => {
    expect(await offset('TEnds', 1)).to.equal('3')
  })

  it('is 0 for a queue that is empty or does not exist', async () => {
    expect(await offset('TEnds', 0)).to.equal('0')
    expect(await offset('TEnds', 99)).to.equal('0')
    expect(await offset('TNone', 0)).to.equal('0')
  })
})
