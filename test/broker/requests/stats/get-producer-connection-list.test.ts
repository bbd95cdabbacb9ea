import { expect } from 'chai'
import { producerConnectionShape } from '../../../../src/protocol/bodies/connections.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getProducerConnectionList } from '../../../../src/protocol/requests/get-producer-connection-list.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

describe('GET_PRODUCER_CONNECTION_LIST', () => {
  const broker = sharedBroker()

  it('answers the producers of the group until they are gone', async () => {
    const client = broker().client()
    await client.beat({ clientID: 'p1', producers: ['PC1'] })
    const answer = await broker().ask(getProducerConnectionList, { producerGroup: 'PC1' })
    const [connection] = readBody(producerConnectionShape, answer.body).connectionSet
    expect(connection).to.deep.include({ clientId: 'p1', language: 'JAVA', version: 513 })
    expect(connection!.clientAddr).to.match(/^127\.0\.0\.1:\d+$/)
    await client.close()
    await eventually(async () => {
      const gone = await broker().ask(getProducerConnectionList, { producerGroup: 'PC1' })
      return gone.code === 1 && gone.remark === 'the producer group[PC1] not exist'
    }, 'the producer is forgotten')
  })
})
