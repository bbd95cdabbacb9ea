import { expect } from 'chai'
import { fresh, said, topicOf } from '../../support/group-commands.ts'

describe('mq retry list', () => {
  it('counts the messages of each retry topic', async () => {
    const group = fresh('trying')
    await topicOf(2, `%RETRY%${group}`)
    expect(await said('retry', 'list')).to.match(new RegExp(`^${group} +2 `, 'm'))
  })
})
