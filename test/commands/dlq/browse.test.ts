import { expect } from 'chai'
import { deadLetters, fails, rows } from '../../support/group-commands.ts'

describe('mq dlq browse', () => {
  it('shows them oldest first, a page at a time, and filters', async () => {
    const { group } = await deadLetters(['a', 'b', 'ab'])
    const browse = async (...flags: string[]) => rows('dlq', 'browse', group, ...flags)
    expect((await browse()).items.map(row => row.body)).to.deep.equal(['a', 'b', 'ab'])
    expect((await browse('--grep', 'b$')).items.map(row => row.body)).to.deep.equal(['b', 'ab'])
    const first = await browse('--limit', '2')
    expect(first).to.include({ truncated: true })
    expect((await browse('--cursor', first.next!)).items.map(row => row.body)).to.deep.equal(['ab'])
    expect(await fails(4, 'dlq', 'browse', 'nobody-at-all')).to.contain('has no dead letters')
  })
})
