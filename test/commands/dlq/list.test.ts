import { expect } from 'chai'
import { deadLetters, said } from '../../support/group-commands.ts'

describe('mq dlq list', () => {
  it('counts the dead letters of each group', async () => {
    const { group } = await deadLetters(['a', 'b'])
    expect(await said('dlq', 'list')).to.match(new RegExp(`^${group} +2 `, 'm'))
  })
})
