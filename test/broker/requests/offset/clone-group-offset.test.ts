import { expect } from 'chai'
import { cloneGroupOffset } from '../../../../src/protocol/requests/clone-group-offset.ts'
import { queryConsumerOffset } from '../../../../src/protocol/requests/query-consumer-offset.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('CLONE_GROUP_OFFSET', () => {
  const broker = sharedBroker()

  const clone = (destGroup: string, more: { topic?: string; offline?: boolean; srcGroup?: string } = {}) =>
    broker().ask(cloneGroupOffset, { srcGroup: 'GSrc', destGroup, ...more })
  const offset = async (consumerGroup: string, topic: string): Promise<number> => {
    const header = { consumerGroup, topic, queueId: 0, setZeroIfNotFound: false }
    return Number((await broker().ask(queryConsumerOffset, header)).fields.get('offset') ?? -1)
  }

  before(async () => {
    await broker().beat({ clientID: 'c', consumers: [consumer('GSrc', ['TOne'])] })
    for (const [topic, commitOffset] of [
      ['TOne', 2],
      ['TTwo', 3]
    ] as const) {
      await broker().makeTopic(topic, 1)
      for (let n = 0; n < 4; n++) await broker().send(topic, 'm')
      await broker().ask(updateConsumerOffset, { consumerGroup: 'GSrc', topic, queueId: 0, commitOffset })
    }
  })

  it('copies one topic, or all that the source group still subscribes', async () => {
    expect((await clone('GA', { topic: 'TOne' })).code).to.equal(0)
    expect([await offset('GA', 'TOne'), await offset('GA', 'TTwo')]).to.deep.equal([2, -1])
    expect((await clone('GB')).code).to.equal(0)
    expect([await offset('GB', 'TOne'), await offset('GB', 'TTwo')]).to.deep.equal([2, -1])
    expect((await clone('GC', { offline: true })).code).to.equal(0)
    expect([await offset('GC', 'TOne'), await offset('GC', 'TTwo')]).to.deep.equal([2, 3])
  })

  it('is durable once answered', async () => {
    await clone('GD', { offline: true })
    await broker().restart()
    expect(await offset('GD', 'TTwo')).to.equal(3)
  })

  it('refuses unknown groups and topics', async () => {
    expect((await clone('GE', { srcGroup: 'GNone' })).code).to.equal(26)
    expect((await clone('GE', { topic: 'TNone' })).code).to.equal(17)
    await broker().restart({ autoCreateSubscriptionGroup: false })
    const answer = await clone('GF')
    expect([answer.code, answer.remark]).to.deep.equal([26, 'the group GF does not exist, so no offsets were cloned'])
  })
})
