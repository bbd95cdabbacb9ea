import { expect } from 'chai'
import { Producer } from '../../../src/client/producer.ts'
import { eventually } from '../../support/eventually.ts'
import { fails, fresh, said, topicOf } from '../../support/group-commands.ts'
import { ops } from '../../support/ops-cluster.ts'

describe('mq client producers', () => {
  it('lists those that are connected to a broker of the topic', async () => {
    const topic = await topicOf(0)
    const group = fresh('shop')
    const producer = await Producer.open({ namesrvAddr: ops().namesrv, group })
    try {
      await producer.send({ topic, body: Buffer.from('x') })
      const list = () => said('client', 'producers', '--topic', topic, '--group', group)
      await eventually(async () => (await list()).includes(group), 'the producer is known')
    } finally {
      await producer.close()
    }
    expect(await fails(2, 'client', 'producers')).to.contain('topic')
    await fails(4, 'client', 'producers', '--topic', 'no-such-topic')
  })
})
