import { expect } from 'chai'
import { fails, fresh, rows, topicOf } from '../../support/group-commands.ts'

describe('mq retry browse', () => {
  it('shows the messages of the retry topic', async () => {
    const group = fresh('trying')
    await topicOf(2, `%RETRY%${group}`)
    expect((await rows('retry', 'browse', group)).items.map(row => row.body)).to.deep.equal(['m0', 'm1'])
    expect(await fails(4, 'retry', 'browse', 'nobody-at-all')).to.contain('that are tried again')
  })
})
