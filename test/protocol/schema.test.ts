/** Headers between text and types. */
import { expect } from 'chai'
import { MqError } from '../../src/kit/errors.ts'
import { bool, int, long, optional, readHeader, text, writeHeader } from '../../src/protocol/schema.ts'

const schema = { topic: text, queueId: int, offset: long, order: optional(bool), note: optional(text) }
const fields = (extra: Record<string, string>): Map<string, string> =>
  new Map(Object.entries({ topic: 'T', queueId: '3', offset: '9', ...extra }))

describe('header schemas', () => {
  it('give types to text, and text to types', () => {
    const header = readHeader(schema, fields({ order: 'TRUE', unknown: 'x' }))
    expect(header).to.deep.equal({ topic: 'T', queueId: 3, offset: 9, order: true })
    expect([...writeHeader(schema, header)]).to.deep.equal([
      ['topic', 'T'],
      ['queueId', '3'],
      ['offset', '9'],
      ['order', 'true']
    ])
  })

  it('name what is missing or wrong', () => {
    expect(() => readHeader(schema, new Map())).to.throw(MqError, 'topic')
    for (const bad of ['', 'x', '1.5', '2147483648', '-2147483649', '0x10', '1e3', ' 1', '9'.repeat(30)]) {
      expect(() => readHeader(schema, fields({ queueId: bad })), bad).to.throw(MqError, 'queueId')
    }
    expect(() => readHeader(schema, fields({ offset: '9'.repeat(19) }))).to.throw(MqError, 'offset')
  })

  it('write no long that Java could not read', () => {
    const { offset } = readHeader(schema, fields({ offset: '9223372036854775807' }))
    expect(writeHeader(schema, { topic: 'T', queueId: 0, offset }).get('offset')).to.equal('9223372036854775807')
    expect(long.write(-(2 ** 63))).to.equal('-9223372036854775808')
    expect(long.write(1_795_342_919_575)).to.equal('1795342919575')
  })

  it('read anything but true as false', () => {
    expect(['true', 'True', 'false', '1', ''].map(value => bool.read(value, 'b'))).to.deep.equal([
      true,
      true,
      false,
      false,
      false
    ])
  })
})
