import { expect } from 'chai'
import { queryConsumerOffset } from '../../../../src/protocol/requests/query-consumer-offset.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('UPDATE_CONSUMER_OFFSET', () => {
  const broker = sharedBroker()

  const commit = (commitOffset: number, more: { topic?: string; consumerGroup?: string; queueId?: number } = {}) =>
    broker().ask(updateConsumerOffset, { consumerGroup: 'O1', topic: 'TOffset', queueId: 0, commitOffset, ...more })
  const committed = async (queueId = 0): Promise<string | undefined> => {
    const header = { consumerGroup: 'O1', topic: 'TOffset', queueId, setZeroIfNotFound: false }
    return (await broker().ask(queryConsumerOffset, header)).fields.get('offset')
  }

  before(async () => {
    await broker().makeTopic('TOffset', 4)
    for (let n = 0; n < 3; n++) await broker().send('TOffset', `m${n}`)
    await broker().beat({ clientID: 'c', consumers: [consumer('O1', ['TOffset'])] })
  })

  it('keeps the offset, which may also go back', async () => {
    expect((await commit(3)).code).to.equal(0)
    expect(await committed()).to.equal('3')
    expect((await commit(2)).code).to.equal(0)
    expect(await committed()).to.equal('2')
  })

  it('refuses an offset above the end of the queue', async () => {
    const answer = await commit(4)
    expect(answer.code).to.equal(29)
    expect(answer.remark).to.include('the end of queue 0 of TOffset, which is 3')
    expect(await committed()).to.equal('2')
  })

  it('takes -1 as a word about nothing: what is known stays, what is unknown stays unknown', async () => {
    expect((await commit(-1)).code).to.equal(0)
    expect(await committed()).to.equal('2')
    expect((await commit(-1, { queueId: 1 })).code).to.equal(0)
    expect(await committed(1)).to.equal(undefined)
  })

  it('refuses unknown groups, topics and queues', async () => {
    const group = await commit(1, { consumerGroup: 'ONone' })
    expect([group.code, group.remark]).to.deep.equal([26, 'Group ONone not exist!'])
    const topic = await commit(1, { topic: 'TNone' })
    expect([topic.code, topic.remark]).to.deep.equal([17, 'Topic TNone not exist!'])
    expect((await commit(0, { queueId: 4 })).code).to.equal(29)
    expect((await commit(0, { queueId: -1 })).code).to.equal(29)
  })

  it('keeps offsets over a restart', async () => {
    await commit(3)
    await broker().restart()
    expect(await committed()).to.equal('3')
  })
})
