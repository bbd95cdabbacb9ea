import { expect } from 'chai'
import fc from 'fast-check'
import type { MqError } from '../../src/kit/errors.ts'
import { listElements } from '../../src/protocol/json-elements.ts'

const cut = (text: string, name = 'items'): string[] =>
  [...listElements(Buffer.from(text), name)].map(element => element.toString())

describe('elements of a list in JSON', () => {
  it('are those of the list of that name in the outermost object', () => {
    expect(cut('{"a":{"items":[9]},"items":[1,"two",{"x":[3]}],"b":"items"}')).to.deep.equal([
      '1',
      '"two"',
      '{"x":[3]}'
    ])
    expect(cut('{"items":[]}')).to.deep.equal([])
    expect(cut('{"x":"items", "items" : [ 1 ]}').map(text => text.trim())).to.deep.equal(['1'])
  })

  it('may hold objects as keys, and brackets and quotes inside texts', () => {
    expect(cut('{"items":[{{"q":1}:{"o":2}},"a]\\"}[,"]}')).to.deep.equal(['{{"q":1}:{"o":2}}', '"a]\\"}[,"'])
  })

  it('are refused where there is no list, or where it does not end', () => {
    for (const text of ['{}', '[1]', '', '{"items":1}', '{"items":[1', '{"items":["a]}']) {
      expect(() => cut(text), text)
        .to.throw()
        .that.satisfies((error: MqError) => error.code === 'MQ_BODY_INVALID')
    }
  })

  it('put together are what the whole says', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (items, other) => {
        const text = JSON.stringify({ before: other, items, after: other })
        expect(cut(text).map(part => JSON.parse(part))).to.deep.equal(JSON.parse(JSON.stringify(items)))
      })
    )
  })
})
