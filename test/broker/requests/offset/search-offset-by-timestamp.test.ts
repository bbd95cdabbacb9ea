import { expect } from 'chai'
import { searchOffsetByTimestamp } from '../../../../src/protocol/requests/search-offset-by-timestamp.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('SEARCH_OFFSET_BY_TIMESTAMP', () => {
  const broker = sharedBroker()

  const search = async (timestamp: number, boundaryType?: string): Promise<string | undefined> => {
    const more = boundaryType === undefined ? {} : { boundaryType }
    const answer = await broker().ask(searchOffsetByTimestamp, { topic: 'TTime', queueId: 0, timestamp, ...more })
    return answer.fields.get('offset')
  }

  before(async () => {
    await broker().makeTopic('TTime', 1)
    for (let n = 0; n < 3; n++) await broker().send('TTime', `m${n}`)
  })

  it('finds the first message at or after the time', async () => {
    expect(await search(0)).to.equal('0')
    expect(await search(0, 'LOWER')).to.equal('0')
  })

  it('is the end of the queue for a time after the last message', async () => {
    expect(await search(Date.now() + 3_600_000)).to.equal('3')
  })

  it('finds the last message at or before the time with UPPER, in whatever case', async () => {
    const [upper, lower] = [await search(Date.now(), 'UPPER'), await search(Date.now(), 'upper')]
    expect(upper).to.equal(lower)
    expect(Number(upper)).to.be.within(2, 3)
  })
})
