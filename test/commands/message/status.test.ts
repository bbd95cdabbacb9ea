import { expect } from 'chai'
import { groupAt, rows, said, topicOf } from '../../support/group-commands.ts'

describe('mq message status', () => {
  it('tells who is past a message', async () => {
    const topic = await topicOf(2)
    const [past, behind] = [await groupAt(topic, 2), await groupAt(topic, 1)]
    const { items } = await rows('message', 'query', '--topic', topic, '-k', 'k1')
    const text = await said('message', 'status', items[0]!.messageId, '--topic', topic)
    expect(text).to.match(new RegExp(`^${past} +CONSUMED +2$`, 'm'))
    expect(text).to.match(new RegExp(`^${behind} +OFFLINE +1$`, 'm'))
  })
})
