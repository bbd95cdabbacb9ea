/** Shapes read what Java reads, and name what they cannot read. */
import { expect } from 'chai'
import { MqError } from '../../../src/kit/errors.ts'
import {
  flag,
  list,
  maybe,
  oneOf,
  or,
  readBody,
  record,
  type Shape,
  text,
  whole,
  writeBody
} from '../../../src/protocol/bodies/shape.ts'
import { attributes, double, numberTable, objectTable, table } from '../../../src/protocol/bodies/tables.ts'

const bean = record({
  name: text,
  size: whole,
  on: flag,
  kind: oneOf('A', 'B'),
  note: maybe(text),
  limit: or(whole, 16),
  tags: list(text)
})

const refused = <T>(shape: Shape<T>, body: string): string => {
  try {
    readBody(shape, body)
  } catch (error) {
    expect(error).to.be.instanceOf(MqError).with.property('code', 'MQ_BODY_INVALID')
    return (error as MqError).message
  }
  throw new Error(`${body} was read`)
}

describe('shapes', () => {
  it('give absent fields their defaults, and leave out what may be absent', () => {
    const expected = { name: 'n', size: 0, on: false, kind: 'A', limit: 16, tags: [] }
    expect(readBody(bean, '{"name":"n"}')).to.deep.equal(expected)
    const nulls = '{"name":"n","size":null,"on":null,"kind":null,"note":null,"limit":null,"tags":null,"more":{}}'
    expect(readBody(bean, nulls)).to.deep.equal(expected)
    expect(readBody(bean, '{"name":"n"}')).to.not.have.property('note')
  })

  it('take text for numbers and booleans, numbers for text, unknown words for the first', () => {
    const body = '{"name":7,"size":"12","on":"TRUE","kind":"C","note":true,"limit":0,"tags":["a",null,1]}'
    const expected = { name: '7', size: 12, on: true, kind: 'A', note: 'true', limit: 0, tags: ['a', '1'] }
    expect(readBody(bean, body)).to.deep.equal(expected)
  })

  it('write names in order and nothing that is absent', () => {
    const value = { name: 'n', size: 1, on: true, kind: 'B', limit: 2, tags: ['x'] } as const
    expect(writeBody(bean, value).toString()).to.equal(
      '{"kind":"B","limit":2,"name":"n","on":true,"size":1,"tags":["x"]}'
    )
  })

  it('name the field that they cannot read', () => {
    expect(refused(bean, '{}')).to.contain('name in the body is not text')
    expect(refused(bean, '{"name":"n","size":1.5}')).to.contain('size in the body is not a whole number')
    expect(refused(bean, '{"name":"n","size":"x"}')).to.contain('size')
    expect(refused(bean, '{"name":"n","on":[]}')).to.contain('on in the body is not true or false')
    expect(refused(bean, '{"name":"n","tags":"x"}')).to.contain('tags in the body is not a list')
    expect(refused(bean, '{"name":"n","tags":[{}]}')).to.contain('an entry of tags')
    for (const body of ['', 'null', '[]', '"x"', '1'])
      expect(refused(bean, body)).to.contain('the body is not an object')
  })
})

describe('tables', () => {
  it('with numbers as keys are read quoted or bare, and written bare', () => {
    const shape = numberTable(text)
    const expected = new Map([
      [0, 'a'],
      [1, 'b']
    ])
    expect(readBody(shape, '{0:"a","1":"b",2:null}')).to.deep.equal(expected)
    expect(writeBody(shape, expected).toString()).to.equal('{0:"a",1:"b"}')
    expect(writeBody(shape, expected, { standard: true }).toString()).to.equal('{"0":"a","1":"b"}')
    expect(refused(shape, '{"x":"a"}')).to.contain('a key in the body is not a whole number')
  })

  it('with objects as keys are read whole or quoted, and written whole', () => {
    const shape = objectTable(record({ topic: text, queueId: whole }), whole)
    const expected = [[{ topic: 'T', queueId: 1 }, 5]]
    expect([...readBody(shape, '{{"queueId":1,"topic":"T"}:5}')]).to.deep.equal(expected)
    const read = readBody(shape, '{"{\\"queueId\\":1,\\"topic\\":\\"T\\"}":5}')
    expect([...read]).to.deep.equal(expected)
    expect(writeBody(shape, read).toString()).to.equal('{{"queueId":1,"topic":"T"}:5}')
    expect(refused(shape, '{"x":5}')).to.be.a('string')
  })

  it('with text as keys keep hostile names as names', () => {
    const read = readBody(table(whole), '{"__proto__":1,"constructor":2}')
    expect([...read]).to.deep.equal([
      ['__proto__', 1],
      ['constructor', 2]
    ])
    const plain = readBody(attributes, '{"__proto__":"x","a":1}')
    expect(Object.keys(plain)).to.have.members(['__proto__', 'a'])
    expect(Object.getPrototypeOf(plain)).to.equal(null)
    expect(writeBody(attributes, plain).toString()).to.equal('{"__proto__":"x","a":"1"}')
    expect(({} as Record<string, unknown>)['x']).to.equal(undefined)
    expect(refused(table(whole), '{{"a":1}:1}')).to.contain('a key')
    expect(refused(table(whole), '[]')).to.contain('not an object')
  })

  it('of numbers with a fraction keep it', () => {
    expect(readBody(double, '0.5')).to.equal(0.5)
    expect(readBody(double, '"NaN"'.replace('NaN', '1.5'))).to.equal(1.5)
    expect(writeBody(double, 3).toString()).to.equal('3.0')
    expect(refused(double, '"x"')).to.contain('not a number')
  })
})
