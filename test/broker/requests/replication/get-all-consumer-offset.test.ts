import { expect } from 'chai'
import { consumerOffsetsShape } from '../../../../src/protocol/bodies/offset-tables.ts'
import { readBody } from '../../../../src/protocol/bodies/shape.ts'
import { getAllConsumerOffset } from '../../../../src/protocol/requests/get-all-consumer-offset.ts'
import { updateAndCreateSubscriptiongroup } from '../../../../src/protocol/requests/update-and-create-subscriptiongroup.ts'
import { updateConsumerOffset } from '../../../../src/protocol/requests/update-consumer-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'

describe('GET_ALL_CONSUMER_OFFSET', () => {
  const broker = sharedBroker()

  const all = async () => (await broker().ask(getAllConsumerOffset, {})).body.toString()
  const commit = (queueId: number, commitOffset: number) =>
    broker().ask(updateConsumerOffset, { consumerGroup: 'GAll', topic: 'TAll', queueId, commitOffset })

  it('answers topic@group with bare queue ids, as slaves read it', async () => {
    expect(await all()).to.match(/^\{"dataVersion":\{.*\},"offsetTable":\{\}\}$/)
    await broker().makeTopic('TAll', 2)
    await broker().ask(updateAndCreateSubscriptiongroup, {}, Buffer.from('{"groupName":"GAll"}'))
    for (let n = 0; n < 4; n++) await broker().send('TAll', 'm', { queueId: n % 2 })
    await commit(0, 2)
    await commit(1, 1)
    expect(await all()).to.match(
      /^\{"dataVersion":\{"counter":2,"stateVersion":0,"timestamp":\d{13}\},"offsetTable":\{"TAll@GAll":\{0:2,1:1\}\}\}$/
    )
  })

  it('raises the version with each change', async () => {
    const before = readBody(consumerOffsetsShape, await all()).dataVersion.counter
    await commit(1, 2)
    await commit(1, 2)
    expect(readBody(consumerOffsetsShape, await all()).dataVersion.counter).to.equal(before + 1)
  })
})
