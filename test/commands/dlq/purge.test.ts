import { expect } from 'chai'
import { deadLetters, fails, said } from '../../support/group-commands.ts'

describe('mq dlq purge', () => {
  it('asks, then deletes them all', async () => {
    const { group } = await deadLetters(['a', 'b'])
    expect(await said('dlq', 'purge', group, '--dry-run'))
      .to.contain('2 dead letters')
      .and.contain('would be')
    await fails(11, 'dlq', 'purge', group)
    expect(await said('dlq', 'list')).to.contain(group)
    await said('dlq', 'purge', group, '--confirm', group)
    await fails(4, 'dlq', 'browse', group)
  })
})
