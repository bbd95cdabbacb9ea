import { expect } from 'chai'
import { queryConsumerOffset } from '../../../../src/protocol/requests/query-consumer-offset.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('QUERY_CONSUMER_OFFSET', () => {
  const broker = sharedBroker()

  const query = async (queueId: number, setZeroIfNotFound?: boolean): Promise<[number, string | undefined]> => {
    const more = setZeroIfNotFound === undefined ? {} : { setZeroIfNotFound }
    const answer = await broker().ask(queryConsumerOffset, { consumerGroup: 'Q1', topic: 'TQuery', queueId, ...more })
    return [answer.code, answer.fields.get('offset')]
  }

  before(async () => {
    await broker().makeTopic('TQuery', 4)
    await broker().send('TQuery', 'first', { queueId: 0 })
    await broker().beat({ clientID: 'c', consumers: [consumer('Q1', ['TQuery'])] })
  })

  it('is 0 for a young queue that the group has not read, so that new groups start at its beginning', async () => {
    expect(await query(0)).to.deep.equal([0, '0'])
  })

  it('is still 0 after a restart, which leaves no message in memory', async () => {
    await broker().restart()
    expect(await query(0)).to.deep.equal([0, '0'])
  })

  it('is not found for an empty queue', async () => {
    expect(await query(1)).to.deep.equal([22, undefined])
  })

  it('is not found when the client asks not to be told 0', async () => {
    expect(await query(0, false)).to.deep.equal([22, undefined])
  })

  it('is what was committed', async () => {
    const header = { consumerGroup: 'Q1', topic: 'TQuery', queueId: 0, commitOffset: 1 }
    await broker().ask(updateConsumerOffset, header)
    expect(await query(0)).to.deep.equal([0, '1'])
    expect(await query(0, false)).to.deep.equal([0, '1'])
  })
})
