/** Plain property strings, walked in place, against the general reader and writer. */
import { expect } from 'chai'
import fc from 'fast-check'
import { HotProperties } from '../../src/protocol/hot-properties.ts'
import { formatProperties, parseProperties } from '../../src/protocol/message-properties.ts'
import { tagsCode } from '../../src/protocol/tags-code.ts'

const values = {
  region: Buffer.from('DefaultRegion'),
  trace: Buffer.from('true'),
  cluster: Buffer.from('DefaultCluster')
}

const special = ['DELAY', 'POP_CK', 'TRAN_MSG', 'TIMER_DELAY_SEC', 'TIMER_DELAY_MS', 'TIMER_DELIVER_MS', 'TIMER_OUT_MS']
const reader = new HotProperties()
const key = 'UNIQ_KEY\u0001AC110001000018B4AAC27D2C5F480001\u0002'

const target = Buffer.alloc(4096)

const read = (text: string | Buffer): boolean => {
  const bytes = Buffer.from(text as string)
  const length = reader.read(bytes, 0, bytes.length, false, target, values)
  if (length >= 0) expect(target.subarray(0, length).equals(bytes)).to.equal(true)
  return length >= 0
}

describe('hot properties', () => {
  it('finds the key, the tag and what the broker would add', () => {
    expect(read(`${key}TAGS\u0001TagA\u0002CLUSTER\u0001DefaultCluster\u0002`)).to.equal(true)
    expect(reader.tagsCode).to.equal(tagsCode('TagA'))
    expect(reader.present).to.equal(4)
    expect(reader.keyEnd - reader.keyStart).to.equal(32)
  })

  it('leaves everything special to the general road', () => {
    for (const name of special) expect(read(`${key}${name}\u00011\u0002`), name).to.equal(false)
    expect(read('TAGS\u0001a\u0002'), 'no key').to.equal(false)
    expect(read(`${key}CLUSTER\u0001other\u0002`), 'another cluster').to.equal(false)
    expect(read(`${key}TAGS\u0001é\u0002`), 'a tag beyond ASCII').to.equal(false)
    expect(read(`${key}a\u0001b\u0002a\u0001c\u0002`), 'a double').to.equal(false)
    expect(read(`UNIQ_KEY\u0001"\u0002`), 'a key that needs escapes').to.equal(false)
    expect(read(Buffer.from([...Buffer.from(key), 0x61, 1, 0xff, 2])), 'bad UTF-8').to.equal(false)
  })

  it('takes only what the general writer would write back byte for byte', () => {
    const piece = fc.oneof(
      fc.constantFrom('UNIQ_KEY', 'TAGS', 'KEYS', 'WAIT', 'CLUSTER', 'MSG_REGION', 'TRACE_ON', 'é', 'a', ...special),
      fc.constantFrom('true', 'false', 'DefaultRegion', 'DefaultCluster', 'k1 k2', ''),
      fc.string(),
      fc.constantFrom('\u0001', '\u0002')
    )
    const entry = fc.tuple(
      piece,
      fc.constantFrom('\u0001', '\u0001', '\u0001', '', '\u0002'),
      piece,
      fc.constantFrom('\u0002', '\u0002', '\u0002', '')
    )
    let taken = 0
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.boolean(), (entries, withKey) => {
        const text = (withKey ? key : '') + entries.map(parts => parts.join('')).join('')
        if (!read(text)) return
        taken++
        const properties = parseProperties(text)
        expect(formatProperties(properties)).to.equal(text.endsWith('\u0002') ? text : `${text}\u0002`)
        expect(reader.tagsCode).to.equal(tagsCode(properties.get('TAGS')))
        expect(Buffer.from(text).toString('latin1', reader.keyStart, reader.keyEnd)).to.equal(
          properties.get('UNIQ_KEY')
        )
        for (const name of special) expect(properties.has(name)).to.equal(false)
        expect([undefined, 'DefaultRegion']).to.include(properties.get('MSG_REGION'))
        expect([undefined, 'true']).to.include(properties.get('TRACE_ON'))
        expect([undefined, 'DefaultCluster']).to.include(properties.get('CLUSTER'))
      }),
      { numRuns: 5000 }
    )
    expect(taken).to.be.greaterThan(300)
  })

  it('unescapes like JSON, or not at all', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), fc.boolean(), (value, all) => {
        const text = `${key}a\u0001b${value}\u0002`
        const json = all
          ? [...text].map(c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
          : JSON.stringify(text).slice(1, -1)
        const bytes = Buffer.from(json)
        const length = reader.read(bytes, 0, bytes.length, true, target, values)
        if (length < 0) return
        taken++
        const expected = Buffer.from(JSON.parse(`"${json}"`) as string)
        expect(target.subarray(0, length).equals(expected), json).to.equal(true)
      }),
      { numRuns: 3000 }
    )
    expect(taken).to.be.greaterThan(500)
    for (const broken of ['\\', '\\u', '\\u00', '\\u000', '\\u00g1', '\\x41', '\\u0080', '\\ud83d']) {
      const bytes = Buffer.from(`${JSON.stringify(key).slice(1, -1)}a\\u0001b${broken}`)
      expect(reader.read(bytes, 0, bytes.length, true, target, values), broken).to.equal(-1)
    }
  })
})
