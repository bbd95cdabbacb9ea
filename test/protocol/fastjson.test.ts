/** Java's loose JSON: the standard and what goes beyond it. */
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { parseJson, writeJson } from '../../src/protocol/fastjson.ts'
import { JavaDouble } from '../../src/protocol/json-writer.ts'

/** What `parseJson` gives for a value that JSON.parse gives. */
const asMaps = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asMaps)
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, item]) => [key, asMaps(item)]))
}

describe('parseJson', () => {
  it('reads all standard JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom(0, 2), (text, indent) => {
        const standard = JSON.stringify(JSON.parse(text), undefined, indent)
        expect(parseJson(standard)).to.deep.equal(asMaps(JSON.parse(standard)))
      }),
      { numRuns: 500 }
    )
  })

  it('reads bare integers and objects as keys', () => {
    const parsed = parseJson('{0:"a",-1:"b",{"queueId":2,"topic":"T"}:{"maxOffset":8}}') as Map<unknown, unknown>
    expect([...parsed.keys()]).to.deep.equal([
      '0',
      '-1',
      new Map<string, unknown>([
        ['queueId', 2],
        ['topic', 'T']
      ])
    ])
    expect(parsed.get('0')).to.equal('a')
    expect([...parsed.values()][2]).to.deep.equal(new Map([['maxOffset', 8]]))
  })

  it('reads bare names, single quotes, comments and trailing commas', () => {
    expect(parseJson("/* a */ {name:'it\\'s',list:[1,2,],} // end")).to.deep.equal(
      new Map<string, unknown>([
        ['name', "it's"],
        ['list', [1, 2]]
      ])
    )
  })

  it('reads escapes, also the ones that only Java writes', () => {
    expect(parseJson('"\\u0041\\x42\\n\\t\\/\\\\\\"\\0"')).to.equal('AB\n\t/\\"\u0000')
    expect(parseJson('"\\ud83d\\ude00"')).to.equal('😀')
  })

  it('takes nothing for null', () => {
    expect(parseJson('')).to.equal(null)
    expect(parseJson(Buffer.from(' \n'))).to.equal(null)
  })

  it('refuses everything else, and says where', () => {
    const faults = [
      '{',
      '[1',
      '{"a"}',
      '{"a":}',
      '{"a":1 "b":2}',
      '"abc',
      'tru',
      '1 2',
      '/*',
      '\\',
      '01x',
      '{1}',
      '--1',
      '.5',
      '"\\u00g0"',
      '{:1}',
      '[,]'
    ]
    for (const text of faults) {
      expect(() => parseJson(text), text).to.throw(MqError, /at byte \d+ of \d+/)
    }
  })

  it('survives any bytes', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map(bytes => Buffer.from(bytes)),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"', "'", '\\', '/', '*', 'a', '1', ' ', 'null'))
        .map(parts => Buffer.from(parts.join('')))
    )
    fc.assert(
      fc.property(anything, bytes => {
        try {
          parseJson(bytes)
        } catch (error) {
          expect(error).to.be.instanceOf(MqError)
        }
      }),
      { numRuns: 3000 }
    )
  })

  it('has limits', () => {
    expect(() => parseJson('['.repeat(65))).to.throw('deeper than 64')
    expect(() => parseJson('{'.repeat(65))).to.throw('deeper than 64')
    expect(() => parseJson('[1,2,3]', { entriesMax: 2 })).to.throw('more than 2 entries')
    expect(() => parseJson('{"a":[1,2,3]}', { valuesMax: 4 })).to.throw('more than 4 values')
    expect(() => parseJson('x', { errorCode: 'MQ_HEADER_INVALID' }))
      .to.throw()
      .with.property('code', 'MQ_HEADER_INVALID')
  })

  it('takes no time for bodies that are made to take it', () => {
    const bodies = ['\\n', '\\u0041', '\\x41', '\\q', 'é'].map(part => `"${part.repeat(300_000)}"`)
    for (const body of [...bodies, '1'.repeat(1_000_000), '/**/'.repeat(250_000), '['.repeat(1_000_000)]) {
      const before = process.cpuUsage()
      try {
        parseJson(body)
      } catch (error) {
        expect(error).to.be.instanceOf(MqError)
      }
      const { user } = process.cpuUsage(before)
      expect(user / 1000, `milliseconds for ${body.slice(0, 8)}…`).to.be.lessThan(500)
    }
  })

  it('can leave numbers as they were written', () => {
    expect(parseJson('[9223372036854775807,1.50]', { numbersAsText: true })).to.deep.equal([
      '9223372036854775807',
      '1.50'
    ])
  })
})

describe('writeJson', () => {
  it('sorts names, leaves null out, and writes keys by their type', () => {
    const value = {
      b: new Map([
        [0, 'x'],
        [1, 'y']
      ]),
      a: new Map([[{ topic: 'T', queueId: 1 }, { n: 1 }]]),
      c: null,
      d: undefined,
      e: [null, true, 'é'],
      f: new Map([['2', 'z']])
    }
    expect(writeJson(value)).to.equal(
      '{"a":{{"queueId":1,"topic":"T"}:{"n":1}},"b":{0:"x",1:"y"},"e":[null,true,"é"],"f":{"2":"z"}}'
    )
  })

  it('writes what every JSON parser reads when asked to', () => {
    const value = {
      a: new Map<unknown, unknown>([
        [0, 'é😀'],
        [{ t: 1 }, 2]
      ])
    }
    const text = writeJson(value, { standard: true })
    expect(text).to.equal('{"a":{"0":"\\u00E9\\uD83D\\uDE00","{\\"t\\":1}":2}}')
    expect(JSON.parse(text)).to.deep.equal({ a: { '0': 'é😀', '{"t":1}': 2 } })
  })

  it('writes doubles with a fraction, and longs that Java can read', () => {
    expect(writeJson([new JavaDouble(0), new JavaDouble(0.1), new JavaDouble(Number.NaN)])).to.equal('[0.0,0.1,0.0]')
    expect(writeJson([2 ** 63, -(2 ** 63), 12n])).to.equal('[9223372036854775807,-9223372036854775808,12]')
  })

  it('is read back by parseJson', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.boolean(), (value, standard) => {
        const pruned = JSON.parse(JSON.stringify(value, (_, item) => (item === null ? undefined : item)) ?? '0')
        expect(parseJson(writeJson(pruned, { standard }))).to.deep.equal(asMaps(pruned))
      })
    )
  })
})
