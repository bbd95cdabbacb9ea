import { expect } from 'chai'
import { producerTableInfoShape } from '../../../../src/protocol/bodies/connections.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getAllProducerInfo } from '../../../../src/protocol/requests/get-all-producer-info.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_ALL_PRODUCER_INFO', () => {
  const broker = sharedBroker()

  it('answers all producers by group, with the time of their last heartbeat', async () => {
    const before = Date.now()
    await broker().beat({ clientID: 'p1', producers: ['PA1', 'CLIENT_INNER_PRODUCER'] })
    await broker()
      .client()
      .beat({ clientID: 'p2', producers: ['CLIENT_INNER_PRODUCER'] })
    const { data } = readBody(producerTableInfoShape, (await broker().ask(getAllProducerInfo, {})).body)
    expect([...data.keys()]).to.have.members(['PA1', 'CLIENT_INNER_PRODUCER'])
    const infos = data.get('CLIENT_INNER_PRODUCER')!
    expect(infos.map(info => info.clientId)).to.deep.equal(['p1', 'p2'])
    for (const info of infos) {
      expect(info.lastUpdateTimestamp).to.be.within(before - 2, Date.now() + 2)
      expect(info.remoteIP).to.match(/^\/127\.0\.0\.1:\d+$/)
      expect([info.language, info.version]).to.deep.equal(['JAVA', 513])
    }
  })
})
