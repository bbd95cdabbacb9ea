import { expect } from 'chai'
import { lockBatchAnswerShape, lockBatchShape } from '../../../../src/protocol/bodies/lock-batch.ts'
import { readBody, writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { lockBatchMq } from '../../../../src/protocol/requests/lock-batch-mq.ts'
import { unlockBatchMq } from '../../../../src/protocol/requests/unlock-batch-mq.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('UNLOCK_BATCH_MQ', () => {
  const broker = sharedBroker()

  const queues = (clientId: string, queueIds: readonly number[]): Buffer =>
    writeBody(lockBatchShape, {
      consumerGroup: 'K2',
      clientId,
      onlyThisBroker: false,
      mqSet: queueIds.map(queueId => ({ topic: 'TUnlock', brokerName: 'broker-a', queueId }))
    })
  const lock = async (clientId: string, queueIds: readonly number[]): Promise<number> => {
    const answer = await broker().ask(lockBatchMq, {}, queues(clientId, queueIds))
    return readBody(lockBatchAnswerShape, answer.body).lockOKMQSet.length
  }

  before(async () => {
    await broker().makeTopic('TUnlock', 4)
    await broker().beat({ clientID: 'c1', consumers: [consumer('K2', ['TUnlock'])] })
  })

  it('frees the queues of the client for others', async () => {
    expect(await lock('c1', [0, 1])).to.equal(2)
    expect((await broker().ask(unlockBatchMq, {}, queues('c1', [0]))).code).to.equal(0)
    expect(await lock('c2', [0, 1])).to.equal(1)
  })

  it('does not free what another client holds', async () => {
    expect(await lock('c1', [2])).to.equal(1)
    await broker().ask(unlockBatchMq, {}, queues('c2', [2]))
    expect(await lock('c2', [2])).to.equal(0)
  })
})
