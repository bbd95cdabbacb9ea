import { expect } from 'chai'
import { collectHashes, hasKey, keyHash, topicSeed } from '../../src/store/message-keys.ts'

const collect = (topic: string, properties: string): number[] => {
  const bytes = Buffer.from(`..${properties}..`)
  const hashes: number[] = []
  const count = collectHashes(topicSeed(Buffer.from(topic)), bytes, 2, bytes.length - 2, hashes)
  return hashes.slice(0, count)
}

describe('keys of a message', () => {
  it('are those that a query asks for', () => {
    const found = collect('T', 'KEYS\u0001a bb  c\u0002x\u0001y\u0002UNIQ_KEY\u0001id1\u0002TAGS\u0001tag\u0002')
    expect(found).to.deep.equal([
      keyHash('T', 'K', 'a'),
      keyHash('T', 'K', 'bb'),
      keyHash('T', 'K', 'c'),
      keyHash('T', 'U', 'id1'),
      keyHash('T', 'T', 'tag')
    ])
  })

  it('differ by topic and kind', () => {
    const all = [keyHash('T', 'K', 'a'), keyHash('T', 'U', 'a'), keyHash('T', 'T', 'a'), keyHash('U', 'K', 'a')]
    expect(new Set(all).size).to.equal(4)
  })

  it('are none in whatever else stands there', () => {
    for (const odd of [
      '',
      'KEYS',
      'KEYS\u0001',
      'KEYS\u0001\u0002',
      'KEYSx\u0001a\u0002',
      '\u0001\u0002',
      '\u0002\u0002',
      'TAGS\u0001\u0002',
      'UNIQ_KEZ\u0001a\u0002',
      'KEYS\u0001   \u0002'
    ]) {
      expect(collect('T', odd), JSON.stringify(odd)).to.deep.equal([])
    }
    expect(collect('T', 'KEYS\u0001last')).to.deep.equal([keyHash('T', 'K', 'last')])
  })

  it('spread well: 100,000 ids that differ by their counter rarely meet', () => {
    const seen = new Set<number>()
    for (let i = 0; i < 100_000; i++)
      seen.add(keyHash('T', 'U', `7F000001000078308DB16B5CC200${i.toString(16).padStart(4, '0')}`))
    expect(seen.size).to.be.above(99_980)
  })

  it('are compared for real in the end', () => {
    const properties = Buffer.from('KEYS\u0001a b\u0002TAGS\u0001t\u0002')
    expect(hasKey(properties, 'K', 'b')).to.equal(true)
    expect(hasKey(properties, 'K', 'a b')).to.equal(false)
    expect(hasKey(properties, 'T', 't')).to.equal(true)
    expect(hasKey(properties, 'U', 'a')).to.equal(false)
  })
})
