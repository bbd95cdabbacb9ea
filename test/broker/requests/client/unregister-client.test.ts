import { expect } from 'chai'
import { getConsumerListByGroup } from '../../../../src/protocol/requests/get-consumer-list-by-group.ts'
import { getProducerConnectionList } from '../../../../src/protocol/requests/get-producer-connection-list.ts'
import { unregisterClient } from '../../../../src/protocol/requests/unregister-client.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('UNREGISTER_CLIENT', () => {
  const broker = sharedBroker()

  it('takes the client out of the groups that it names, and out of no others', async () => {
    const consumers = [consumer('U1', ['T']), consumer('U2', ['T'])]
    await broker().beat({ clientID: 'c', producers: ['P1', 'P2'], consumers })
    const answer = await broker().ask(unregisterClient, { clientID: 'c', producerGroup: 'P1', consumerGroup: 'U1' })
    expect(answer.code).to.equal(0)
    const left = async (group: string) =>
      (await broker().ask(getConsumerListByGroup, { consumerGroup: group })).code === 0
    expect([await left('U1'), await left('U2')]).to.deep.equal([false, true])
    const producing = async (group: string) =>
      (await broker().ask(getProducerConnectionList, { producerGroup: group })).code === 0
    expect([await producing('P1'), await producing('P2')]).to.deep.equal([false, true])
  })

  it('leaves a member alone whose client id another connection took over', async () => {
    const other = broker().client()
    await broker().beat({ clientID: 'same', consumers: [consumer('U3', ['T'])] })
    await other.beat({ clientID: 'same', consumers: [consumer('U3', ['T'])] })
    await broker().ask(unregisterClient, { clientID: 'same', consumerGroup: 'U3' })
    const list = await broker().ask(getConsumerListByGroup, { consumerGroup: 'U3' })
    expect(list.body.toString()).to.equal('{"consumerIdList":["same"]}')
  })

  it('is no error for a client that is not there', async () => {
    const header = { clientID: 'nobody', producerGroup: 'P9', consumerGroup: 'U9' }
    expect((await broker().ask(unregisterClient, header)).code).to.equal(0)
  })
})
