import { expect } from 'chai'
import fc from 'fast-check'
import { formatProperties, parseProperties } from '../../src/kit/properties.ts'

const read = (text: string): Record<string, string> =>
  Object.fromEntries(parseProperties(text).map(({ key, value }) => [key, value]))

describe('properties text', () => {
  it('separates key and value by =, : or blanks', () => {
    expect(read('a=1\nb:2\nc 3\n d\t=\t4\ne = = 5\nf')).to.deep.equal({
      a: '1',
      b: '2',
      c: '3',
      d: '4',
      e: '= 5',
      f: ''
    })
  })

  it('skips comments and blank lines, and takes every kind of line end', () => {
    expect(read('# one\r\n! two\r\n\r\n  # three\ra=1\rb=2\n')).to.deep.equal({ a: '1', b: '2' })
    expect(read('a=1 # no comment')).to.deep.equal({ a: '1 # no comment' })
    expect(read('\uFEFFa=1')).to.deep.equal({ a: '1' })
  })

  it('joins continued lines', () => {
    expect(read('a=1,\\\n   2,\\\n\t3\nb=x\\\\\nc=y')).to.deep.equal({ a: '1,2,3', b: 'x\\', c: 'y' })
    expect(read('a=1\\')).to.deep.equal({ a: '1' })
    expect(read('a=1\\\n# still a')).to.deep.equal({ a: '1# still a' })
  })

  it('reads escapes', () => {
    expect(read('a=\\t\\n\\r\\f\\q\\u00e4\\\\')).to.deep.equal({ a: '\t\n\r\fq\u00e4\\' })
    expect(read('a\\=b\\:c\\ d=1')).to.deep.equal({ 'a=b:c d': '1' })
  })

  it('says on which line each property starts, and gives both of a double key', () => {
    expect(parseProperties('\n# x\na=1\\\n2\nb=3\na=4')).to.deep.equal([
      { key: 'a', value: '12', line: 3 },
      { key: 'b', value: '3', line: 5 },
      { key: 'a', value: '4', line: 6 }
    ])
  })

  it('reads any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => Array.isArray(parseProperties(text))))
  })

  it('reads what it wrote, for plain keys and values', () => {
    const plain = fc.stringMatching(/^[a-zA-Z0-9.;:/ _-]{0,40}$/).map(text => text.trim())
    const entries = fc.array(fc.tuple(fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/), plain))
    fc.assert(
      fc.property(entries, pairs => {
        const parsed = parseProperties(formatProperties(pairs))
        expect(parsed.map(({ key, value }) => [key, value])).to.deep.equal(pairs)
      })
    )
  })
})
