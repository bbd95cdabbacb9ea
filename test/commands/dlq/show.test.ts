import { expect } from 'chai'
import { deadLetters, fails, rows, said } from '../../support/group-commands.ts'

describe('mq dlq show', () => {
  it('finds it, whichever group gave it up', async () => {
    const { group } = await deadLetters(['lost'])
    const { messageId } = (await rows('dlq', 'browse', group)).items[0]!
    expect(await said('dlq', 'show', messageId)).to.match(/^Body +lost$/m)
    expect(await said('dlq', 'show', messageId, '-g', group)).to.contain(messageId)
    await fails(4, 'dlq', 'show', `${messageId.slice(0, -4)}FFFF`)
  })
})
