import { expect } from 'chai'
import { cleanUnusedTopic } from '../../../../src/protocol/requests/clean-unused-topic.ts'
import { deleteTopicInBroker } from '../../../../src/protocol/requests/delete-topic-in-broker.ts'
import { getMaxOffset } from '../../../../src/protocol/requests/get-max-offset.ts'
import { sharedBroker } from '../../../support/broker.ts'
import { eventually } from '../../../support/eventually.ts'

describe('CLEAN_UNUSED_TOPIC', () => {
  const broker = sharedBroker({ options: { messageDelayLevel: '1s' } })

  const end = async (topic: string): Promise<number> =>
    Number((await broker().ask(getMaxOffset, { topic, queueId: 0 })).fields.get('offset'))

  it('removes the queues of a topic that is no more, and no others', async () => {
    await broker().makeTopic('TGone', 1)
    await broker().makeTopic('TUsed', 1)
    await broker().send('TUsed', 'stays')
    await broker().send('TGone', 'delayed', { properties: { DELAY: '1' } })
    await broker().ask(deleteTopicInBroker, { topic: 'TGone' })
    await eventually(async () => (await end('TGone')) === 1, 'the delayed message is delivered to nobody')
    expect((await broker().ask(cleanUnusedTopic, {})).code).to.equal(0)
    expect([await end('TGone'), await end('TUsed'), await end('SCHEDULE_TOPIC_XXXX')]).to.deep.equal([0, 1, 1])
    await broker().restart()
    expect([await end('TGone'), await end('TUsed')], 'after a restart').to.deep.equal([0, 1])
  })
})
