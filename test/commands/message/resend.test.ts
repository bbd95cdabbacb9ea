import { expect } from 'chai'
import { fails, rows, said, topicOf } from '../../support/group-commands.ts'

describe('mq message resend', () => {
  it('sends a copy, to another topic if told', async () => {
    const topic = await topicOf(1)
    const other = await topicOf(0)
    const { messageId } = (await rows('message', 'query', '--topic', topic, '-k', 'k0')).items[0]!
    const resend = ['message', 'resend', messageId, '--topic', topic]
    expect(await said(...resend, '--dry-run')).to.contain('would be sent again')
    await said(...resend, '--to', other)
    const copies = (await rows('message', 'query', '--topic', other, '-k', 'k0')).items
    expect(copies.map(row => [row.body, row.tags, row.properties['n']])).to.deep.equal([['m0', 'T', '1']])
    await fails(4, ...resend, '--to', 'no-such-topic', '--dry-run')
  })
})
