/** Frames and both forms of the header: what goes in comes out, and nothing from outside does harm. */
import { expect } from 'chai'
import fc from 'fast-check'
import { MqError } from '../../src/kit/errors.ts'
import { type Command, extFieldsMax, type HeaderForm, headerForms } from '../../src/protocol/command.ts'
import { decodeFrame, encodeFrame, headerBytesMax } from '../../src/protocol/frame.ts'
import { languageNames, languageOrdinal } from '../../src/protocol/languages.ts'

const decoded = (frame: Buffer): Command => decodeFrame(frame, 4, frame.length)

const frameOf = (form: number, header: Buffer, body = Buffer.alloc(0)): Buffer => {
  const prefix = Buffer.alloc(8)
  prefix.writeUInt32BE(4 + header.length + body.length)
  prefix.writeUInt32BE(form * 0x1000000 + header.length, 4)
  return Buffer.concat([prefix, header, body])
}

const json = (header: string): Command => decoded(frameOf(0, Buffer.from(header)))

const codeOf = (task: () => unknown): string => {
  try {
    task()
  } catch (error) {
    if (error instanceof MqError) return error.code
    throw error
  }
  return 'no error'
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const int16 = fc.integer({ min: -0x8000, max: 0x7fff })
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', '"', '\\', '\u0000', '1')
)
const filledText = anyText.filter(text => text !== '')

const commandOf = (form: HeaderForm): fc.Arbitrary<Command> =>
  fc.record({
    code: form === headerForms.json ? int32 : int16,
    language: fc.integer({ min: 0, max: languageNames.length - 1 }),
    version: form === headerForms.json ? int32 : int16,
    opaque: int32,
    flag: int32,
    remark: fc.option(form === headerForms.json ? anyText : filledText, { nil: undefined }),
    fields: fc
      .array(fc.tuple(filledText, form === headerForms.json ? anyText : filledText), { maxLength: 30 })
      .map(entries => new Map(entries)),
    body: fc.uint8Array({ maxLength: 100 }).map(bytes => Buffer.from(bytes)),
    form: fc.constant(form)
  })

const anyCommand = fc.oneof(commandOf(headerForms.json), commandOf(headerForms.binary))

describe('frames', () => {
  it('come back as they went, in both forms', () => {
    fc.assert(
      fc.property(anyCommand, command => {
        const frame = encodeFrame(command)
        expect(frame.readUInt32BE(0)).to.equal(frame.length - 4)
        const back = decoded(frame)
        expect(back).to.deep.equal(command)
        expect([...back.fields]).to.deep.equal([...command.fields])
      })
    )
  })

  it('give the body without copying it', () => {
    const frame = encodeFrame({ ...json('{"code":1}'), body: Buffer.from('abc') })
    const { body } = decoded(frame)
    frame[frame.length - 1] = 0x7a
    expect(body.toString()).to.equal('abz')
  })

  it('with changed bytes are decoded or refused, and nothing else', () => {
    const mutation = fc.tuple(fc.nat(), fc.nat(255))
    fc.assert(
      fc.property(anyCommand, fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.nat(), (command, changes, cut) => {
        const frame = encodeFrame(command)
        for (const [at, byte] of changes) frame[4 + (at % (frame.length - 4))] = byte
        const end = 4 + (cut % (frame.length - 3))
        expect(codeOf(() => decodeFrame(frame, 4, end))).to.be.oneOf([
          'no error',
          'MQ_FRAME_INVALID',
          'MQ_HEADER_INVALID'
        ])
      }),
      { numRuns: 2000 }
    )
  })

  it('whose header is longer than the frame, or larger than the limit, are refused', () => {
    const long = frameOf(0, Buffer.from('{"code":1}'))
    long.writeUInt32BE(100, 4)
    expect(codeOf(() => decoded(long))).to.equal('MQ_FRAME_INVALID')
    expect(codeOf(() => decodeFrame(Buffer.alloc(7), 4, 7))).to.equal('MQ_FRAME_INVALID')
    const large = frameOf(0, Buffer.alloc(headerBytesMax + 1, ' '))
    expect(codeOf(() => decoded(large))).to.equal('MQ_FRAME_INVALID')
    expect(codeOf(() => decoded(frameOf(2, Buffer.from('{"code":1}'))))).to.equal('MQ_FRAME_INVALID')
  })

  it('with a header above the limit are not written', () => {
    for (const form of [headerForms.json, headerForms.binary]) {
      const command = { ...json('{"code":1}'), form, fields: new Map([['big', 'x'.repeat(headerBytesMax)]]) }
      expect(codeOf(() => encodeFrame(command))).to.equal('MQ_HEADER_INVALID')
    }
  })
})

describe('the JSON header', () => {
  it('is written with names in order and all values as text', () => {
    const command = {
      ...json('{"code":17,"opaque":7,"version":513}'),
      remark: 'a "b"',
      fields: new Map([['topic', 'T']])
    }
    expect(encodeFrame(command).toString('utf8', 8)).to.equal(
      '{"code":17,"extFields":{"topic":"T"},"flag":0,"language":"OTHER","opaque":7,"remark":"a \\"b\\"","version":513}'
    )
  })

  it('may write numbers and booleans in extFields, and leave values out', () => {
    const { fields } = json('{"code":1,"extFields":{"a":0,"b":true,"c":null,"d":9223372036854775807,"e":-1.50,"f":""}}')
    expect([...fields]).to.deep.equal([
      ['a', '0'],
      ['b', 'true'],
      ['d', '9223372036854775807'],
      ['e', '-1.50'],
      ['f', '']
    ])
  })

  it('needs nothing but a code', () => {
    expect(json('{"code":34}')).to.deep.include({ code: 34, opaque: 0, flag: 0, version: 0, remark: undefined })
    expect(json('{"code":34,"extFields":null,"remark":null}').fields.size).to.equal(0)
    expect(codeOf(() => json('{}'))).to.equal('MQ_HEADER_INVALID')
    expect(codeOf(() => json('[]'))).to.equal('MQ_HEADER_INVALID')
    expect(codeOf(() => json(''))).to.equal('MQ_HEADER_INVALID')
  })

  it('skips unknown things and takes an unknown language for OTHER', () => {
    const header = json('{"code":1,"language":"COBOL","serializeTypeCurrentRPC":"JSON","future":{"x":[1,{}]}}')
    expect(header.language).to.equal(languageOrdinal('OTHER'))
    expect(json('{"code":1,"language":"GO"}').language).to.equal(languageOrdinal('GO'))
    expect(json('{"code":1,"language":9}').language).to.equal(9)
    expect(json('{"code":1,"language":99}').language).to.equal(languageOrdinal('OTHER'))
    expect(json('{"code":1,"language":null}').language).to.equal(languageOrdinal('OTHER'))
  })

  it('with numbers that are none is refused', () => {
    for (const bad of ['"x"', '1.5', '2147483648', '{}', 'true', '99999999999']) {
      expect(
        codeOf(() => json(`{"code":1,"opaque":${bad}}`)),
        bad
      ).to.equal('MQ_HEADER_INVALID')
    }
    expect(json('{"code":"10","opaque":"-2147483648"}')).to.include({ code: 10, opaque: -(2 ** 31) })
  })

  it('reads the same whether it is written plainly or not', () => {
    const value = fc.oneof(anyText, fc.constantFrom(0, -1, 1.5, true, null, 2 ** 31, [1], { a: 1 }, [], '7'))
    const name = fc.oneof(fc.constantFrom('code', 'flag', 'opaque', 'version', 'language', 'remark', 'x', '9'), anyText)
    const extFields = fc.oneof(value, fc.array(fc.tuple(name, value), { maxLength: 6 }).map(Object.fromEntries))
    const header = fc.tuple(fc.array(fc.tuple(name, value), { maxLength: 8 }), fc.option(extFields, { nil: undefined }))
    fc.assert(
      fc.property(header, ([entries, ext]) => {
        const text = JSON.stringify({ code: 1, ...Object.fromEntries(entries), extFields: ext })
        // Blanks beyond the limit of the fast way force the loose one.
        const [plain, loose] = [text, text + ' '.repeat(3000)].map(source => {
          try {
            const { fields, ...rest } = json(source)
            return { ...rest, fields: [...fields] }
          } catch (error) {
            return (error as MqError).code
          }
        })
        expect(plain).to.deep.equal(loose)
      }),
      { numRuns: 2000 }
    )
  })

  it('cannot reach a prototype', () => {
    const { fields } = json('{"code":1,"extFields":{"__proto__":"x","constructor":"y"},"__proto__":{"flag":1}}')
    expect(fields.get('__proto__')).to.equal('x')
    expect(({} as Record<string, unknown>)['flag']).to.equal(undefined)
  })

  it('is refused when it is a bomb: too deep, too many fields, nested fields', () => {
    expect(codeOf(() => json(`{"code":1,"x":${'['.repeat(200_000)}`))).to.equal('MQ_HEADER_INVALID')
    expect(codeOf(() => json(`{"code":1,"x":${'{"a":'.repeat(40_000)}`))).to.equal('MQ_HEADER_INVALID')
    const many = (count: number): string =>
      `{"code":1,"extFields":{${Array.from({ length: count }, (_, index) => `"k${index}":"v"`).join(',')}}}`
    expect(json(many(extFieldsMax)).fields.size).to.equal(extFieldsMax)
    expect(codeOf(() => json(many(extFieldsMax + 1)))).to.equal('MQ_HEADER_INVALID')
    expect(codeOf(() => json('{"code":1,"extFields":{"a":{"b":"c"}}}'))).to.equal('MQ_HEADER_INVALID')
  })
})

describe('the binary header', () => {
  const command: Command = { ...json('{"code":310}'), form: headerForms.binary }

  it('is laid out as Java lays it out', () => {
    const frame = encodeFrame({
      ...command,
      language: 0,
      version: 479,
      opaque: 2,
      remark: 'r',
      fields: new Map([['a', 'bc']])
    })
    expect(frame.subarray(4).toString('hex')).to.equal(
      `0100001f${'0136'}${'00'}${'01df'}${'00000002'}${'00000000'}${'0000000172'}${'00000009'}${'000161'}${'000000026263'}`
    )
  })

  it('carries no code beyond 16 bits', () => {
    expect(codeOf(() => encodeFrame({ ...command, code: 200_050 }))).to.equal('MQ_HEADER_INVALID')
    expect(codeOf(() => encodeFrame({ ...command, version: 40_000 }))).to.equal('MQ_HEADER_INVALID')
  })

  it('reads a text of no length as absent', () => {
    const back = decoded(
      encodeFrame({
        ...command,
        remark: '',
        fields: new Map([
          ['a', ''],
          ['b', 'c']
        ])
      })
    )
    expect(back.remark).to.equal(undefined)
    expect([...back.fields]).to.deep.equal([['b', 'c']])
  })

  it('takes an unknown language for OTHER', () => {
    const frame = encodeFrame(command)
    frame[10] = 77
    expect(decoded(frame).language).to.equal(languageOrdinal('OTHER'))
  })

  it('with more fields than allowed is refused', () => {
    const fields = new Map(Array.from({ length: extFieldsMax + 1 }, (_, index) => [`k${index}`, 'v']))
    expect(codeOf(() => decoded(encodeFrame({ ...command, fields })))).to.equal('MQ_HEADER_INVALID')
  })

  it('whose lengths point outside is refused', () => {
    const frame = encodeFrame({ ...command, remark: 'r', fields: new Map([['a', 'bc']]) })
    const places = [21, 26, 30, 33]
    for (const at of places) {
      for (const length of [-1, 0x7fff]) {
        const bad = Buffer.from(frame)
        if (at === 30) bad.writeInt16BE(length, at)
        else bad.writeInt32BE(length, at)
        expect(
          codeOf(() => decoded(bad)),
          `${length} at ${at}`
        ).to.equal('MQ_HEADER_INVALID')
      }
    }
  })
})
