import { expect } from 'chai'
import { lockBatchAnswerShape, lockBatchShape } from '../../../../src/protocol/bodies/lock-batch.ts'
import { readBody, writeBody } from '../../../../src/protocol/bodies/shape.ts'
import { lockBatchMq } from '../../../../src/protocol/requests/lock-batch-mq.ts'
import { consumer, sharedBroker } from '../../../support/broker.ts'

describe('LOCK_BATCH_MQ', () => {
  const broker = sharedBroker()

  const lock = async (
    clientId: string,
    queueIds: readonly number[],
    topic = 'TLock',
    consumerGroup = 'K1'
  ): Promise<number[]> => {
    const mqSet = queueIds.map(queueId => ({ topic, brokerName: 'broker-a', queueId }))
    const body = writeBody(lockBatchShape, { consumerGroup, clientId, onlyThisBroker: false, mqSet })
    const answer = await broker().ask(lockBatchMq, {}, body)
    return readBody(lockBatchAnswerShape, answer.body).lockOKMQSet.map(({ queueId }) => queueId)
  }

  before(async () => {
    await broker().makeTopic('TLock', 4)
    await broker().beat({ clientID: 'c1', consumers: [consumer('K1', ['TLock'])] })
  })

  it('gives each queue to one client, who may ask again', async () => {
    expect(await lock('c1', [0, 1])).to.deep.equal([0, 1])
    expect(await lock('c2', [0, 1, 2])).to.deep.equal([2])
    expect(await lock('c1', [0, 1, 2])).to.deep.equal([0, 1])
  })

  it('locks no queue that does not exist', async () => {
    expect(await lock('c1', [3, 4, -1])).to.deep.equal([3])
    expect(await lock('c1', [0], 'TNone')).to.deep.equal([])
  })

  it('locks nothing for a group that cannot be', async () => {
    expect(await lock('c1', [0], 'TLock', 'a b')).to.deep.equal([])
  })
})
