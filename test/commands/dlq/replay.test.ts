import { expect } from 'chai'
import { deadLetters, fails, rows, said, topicOf } from '../../support/group-commands.ts'

describe('mq dlq replay', () => {
  const bodies = async (topic: string): Promise<string[]> =>
    (await rows('message', 'query', '--topic', topic, '--from', '-1h')).items.map(row => row.body)

  it('sends those that fit again, and says what it would do first', async () => {
    const { group, origin } = await deadLetters(['a', 'b', 'ab'])
    const replay = ['dlq', 'replay', group, '--to-topic', origin]
    expect(await said(...replay, '--grep', 'b', '--dry-run'))
      .to.contain('2 dead letters')
      .and.contain('planned')
    expect(await bodies(origin)).to.deep.equal([])
    expect(await said(...replay, '--grep', 'b', '--rate', '1000/s')).to.contain('2 dead letters')
    expect(await bodies(origin)).to.deep.equal(['b', 'ab'])
    const { messageId } = (await rows('dlq', 'browse', group)).items[0]!
    await said(...replay, '--ids', messageId)
    expect(await bodies(origin)).to.deep.equal(['b', 'ab', 'a'])
    expect((await rows('dlq', 'browse', group)).items, 'they stay').to.have.length(3)
  })

  it('goes to where each came from, and says which do not tell', async () => {
    const origin = await topicOf(0)
    const { group } = await deadLetters(['a'])
    await said('produce', `%DLQ%${group}`, 'b', '-H', `DLQ_SOURCE=${origin}`)
    expect(await fails(1, 'dlq', 'replay', group)).to.contain('does not say which topic it came from')
    await fails(4, 'dlq', 'replay', 'nobody-at-all')
  })
})
