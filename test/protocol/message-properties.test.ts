/** Property strings: the skip rules of Java, and no way to forge a property. */
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { formatProperties, parseProperties, propertyValue } from '../../src/protocol/message-properties.ts'

const pieces = fc
  .array(fc.constantFrom('\u0001', '\u0002', 'a', 'b', 'KEYS', 'TAGS', 'é', ''), { maxLength: 30 })
  .map(parts => parts.join(''))

describe('properties', () => {
  it('are pairs, with or without the last separator', () => {
    const expected = [
      ['TAGS', 'a'],
      ['KEYS', 'k1 k2']
    ]
    expect([...parseProperties('TAGS\u0001a\u0002KEYS\u0001k1 k2')]).to.deep.equal(expected)
    expect([...parseProperties(Buffer.from('TAGS\u0001a\u0002KEYS\u0001k1 k2\u0002'))]).to.deep.equal(expected)
    expect(parseProperties('').size).to.equal(0)
  })

  it('without a name, a separator or a value are skipped', () => {
    expect([...parseProperties('\u0001v\u0002n\u0001\u0002n\u0002ab\u0002\u0002x\u0001y\u0002')]).to.deep.equal([
      ['x', 'y']
    ])
  })

  it('of one name: the later one counts, and a value may hold \\u0001', () => {
    expect([...parseProperties('a\u0001b\u0001c\u0002d\u00011\u0002d\u00012')]).to.deep.equal([
      ['a', 'b\u0001c'],
      ['d', '2']
    ])
  })

  it('come back as they went', () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter(text => !text.includes('\u0001') && !text.includes('\u0002'))
    const value = fc.string({ minLength: 1, unit: 'grapheme' }).filter(text => !text.includes('\u0002'))
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), entries => {
        const properties = new Map(entries)
        expect(parseProperties(formatProperties(properties))).to.deep.equal(properties)
      })
    )
  })

  it('that were read can be written again, whatever they were read from', () => {
    fc.assert(
      fc.property(pieces, text => {
        const properties = parseProperties(text)
        expect(parseProperties(formatProperties(properties))).to.deep.equal(properties)
      })
    )
  })

  it('with a separator in a name or a value are refused', () => {
    for (const entry of [
      ['a\u0001b', 'v'],
      ['a\u0002b', 'v'],
      ['a', 'v\u0002TAGS\u0001x'],
      ['', 'v']
    ] as const) {
      expect(() => formatProperties([entry]), JSON.stringify(entry)).to.throw(MqError, 'separator')
    }
    expect(formatProperties([['a', '']])).to.equal('')
  })

  it('read in place are the same as those read all at once', () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom('KEYS', 'TAGS', 'a', 'b', 'aa', 'KEYSKEYS'), pieces, (text, name, after) => {
        const properties = Buffer.from(text)
        const bytes = Buffer.concat([Buffer.from('x'), properties, Buffer.from(after)])
        const found = propertyValue(bytes, 1, 1 + properties.length, Buffer.from(name))
        expect(found).to.equal(parseProperties(properties).get(name))
      }),
      { numRuns: 2000 }
    )
  })
})
