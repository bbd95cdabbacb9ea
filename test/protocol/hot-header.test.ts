/**
 * The hot codec against the general one: whatever the hot one takes, the general one must take too, and read the same. It may
 * refuse what the general one takes, but not the headers that clients really send.
 */
import { expect } from 'chai'
import fc from 'fast-check'
import { type Command, headerForms } from '../../src/protocol/command.ts'
import { decodeFrame, encodeFrame } from '../../src/protocol/frame.ts'
import { letterSlot, nameSlot } from '../../src/protocol/hot-fields.ts'
import { HotHeader } from '../../src/protocol/hot-header.ts'
import { HotProperties } from '../../src/protocol/hot-properties.ts'
import { pullMessage } from '../../src/protocol/requests/pull-message.ts'
import type { Request } from '../../src/protocol/requests/request.ts'
import { sendMessage } from '../../src/protocol/requests/send-message.ts'
import { sendMessageV2 } from '../../src/protocol/requests/send-message-v2.ts'
import { readHeader } from '../../src/protocol/schema.ts'

const letters = 'abcdefghijklmn'.split('')
const longNames = [
  'producerGroup',
  'topic',
  'defaultTopic',
  'defaultTopicQueueNums',
  'queueId',
  'sysFlag',
  'bornTimestamp',
  'flag',
  'properties',
  'reconsumeTimes',
  'unitMode',
  'batch',
  'maxReconsumeTimes',
  'consumerGroup',
  'queueOffset',
  'maxMsgNums',
  'commitOffset',
  'suspendTimeoutMillis',
  'subscription',
  'subVersion',
  'expressionType',
  'maxMsgBytes',
  'requestSource',
  'liteTopic'
] as const
const slots = new Map<string, number>([
  ...letters.map(letter => [letter, letterSlot(letter)] as const),
  ...longNames.map(name => [name, nameSlot(name)] as const)
])
const requests = new Map<number, Request>([
  [10, sendMessage as unknown as Request],
  [310, sendMessageV2 as unknown as Request],
  [11, pullMessage as unknown as Request],
  [361, pullMessage as unknown as Request]
])

const header = new HotHeader()

const general = (frame: Buffer): Command | undefined => {
  try {
    return decodeFrame(frame, 4, frame.length)
  } catch {
    return undefined
  }
}

const unescaper = new HotProperties()
const scratch = Buffer.alloc(64 * 1024)
const brokersValues = { region: Buffer.from('r'), trace: Buffer.from('t'), cluster: Buffer.from('c') }

/** The value with escapes, without them; undefined when it is left to the general codec. */
const unescaped = (frame: Buffer): string | undefined => {
  const slot = header.escapedSlot
  const length = unescaper.read(frame, header.start(slot), header.end(slot), true, scratch, brokersValues)
  return length < 0 ? undefined : scratch.toString('utf8', 0, length)
}

/** Fails when the hot codec takes what the general one refuses or reads otherwise. Returns whether it took the frame. */
const agree = (frame: Buffer): boolean => {
  if (!header.read(frame, 4, frame.length)) return false
  const plain = header.escapedSlot < 0 ? '' : unescaped(frame)
  if (plain === undefined) return false
  const command = general(frame)
  expect(command, `the general codec refuses ${frame.toString('latin1')}`).not.to.equal(undefined)
  const { code, version, opaque, flag, form, fields, body } = command as Command
  expect([header.code, header.version, header.opaque, header.flag, header.form]).to.deep.equal([
    code,
    version,
    opaque,
    flag,
    form
  ])
  expect(frame.subarray(header.bodyAt).equals(body)).to.equal(true)
  for (const [name, slot] of slots) {
    const value = fields.get(name)
    expect(header.has(slot), `${name} is there`).to.equal(value !== undefined)
    if (value === undefined) continue
    const text = header.escapedSlot === slot ? plain : frame.toString('utf8', header.start(slot), header.end(slot))
    expect(text, name).to.equal(value)
    numbersAgree(slot, name, value, code)
  }
  return true
}

const numbersAgree = (slot: number, name: string, value: string, code: number): void => {
  const number = header.number(slot)
  const int = header.int(slot, 0)
  if (!Number.isNaN(number)) expect(Number(value), name).to.equal(number)
  const request = requests.get(code)!
  const field = (request.header as Record<string, { read(text: string, name: string): unknown }>)[name]
  if (field === undefined || Number.isNaN(int)) return
  const read = field.read(value, name)
  if (typeof read === 'number') expect(read, name).to.equal(int)
  if (typeof read === 'boolean' && header.isFalse(slot)) expect(read, name).to.equal(false)
}

const jsonFrame = (text: string | Buffer, body = ''): Buffer => {
  const json = Buffer.from(text as string)
  const frame = Buffer.alloc(8 + json.length + body.length)
  frame.writeUInt32BE(4 + json.length + body.length)
  frame.writeUInt32BE(json.length, 4)
  json.copy(frame, 8)
  frame.write(body, 8 + json.length)
  return frame
}

const command = (code: number, fields: Record<string, string>, form: 0 | 1): Command => ({
  code,
  language: 0,
  version: 513,
  opaque: 77,
  flag: 0,
  remark: undefined,
  fields: new Map(Object.entries(fields)),
  body: Buffer.from('body'),
  form
})

const sendV2 = {
  a: 'PG',
  b: 'TopicTest',
  c: 'TBW102',
  d: '4',
  e: '2',
  f: '0',
  g: '1700000000000',
  h: '0',
  i: 'UNIQ_KEY\u0001AC110001000018B4AAC27D2C5F480001\u0002TAGS\u0001TagA\u0002',
  j: '0',
  k: 'false',
  m: 'false',
  n: 'broker-a'
}

describe('hot header', () => {
  for (const form of [headerForms.json, headerForms.binary]) {
    it(`takes what clients send, form ${form}`, () => {
      expect(agree(encodeFrame(command(310, sendV2, form)))).to.equal(true)
      expect(readHeader(sendMessageV2.header, command(310, sendV2, form).fields).b).to.equal('TopicTest')
      expect(
        agree(encodeFrame(command(11, { topic: 'T', queueOffset: '12', subVersion: '1700000000000' }, form)))
      ).to.equal(true)
    })
  }

  it('takes blanks, any order, and numbers and booleans instead of texts', () => {
    const text =
      ' { "opaque" : 5 ,"extFields":\n{"queueId":0 , "batch":false,"topic" : "T"}\t, "version":121,"flag":0,\r\n"code":10} '
    expect(agree(jsonFrame(text, 'x'))).to.equal(true)
    expect(header.int(nameSlot('queueId'), 7)).to.equal(0)
    expect(header.isFalse(nameSlot('batch'))).to.equal(true)
  })

  it('leaves doubles, escapes in names, nested values and unknown codes to the general codec', () => {
    const own = '"flag":0,"opaque":1,"version":1'
    for (const text of [
      `{"code":10,"code":310,"extFields":{"a":"1"},${own}}`,
      `{"code":310,"extFields":{"a":"1","a":"2"},${own}}`,
      `{"code":310,"extFields":{"\\u0061":"1"},${own}}`,
      `{"code":310,"extFields":{"a":{"b":1}},${own}}`,
      `{"code":310,"extFields":{""":"1"},${own}}`,
      `{"code":310,"extFields":{"\\":"1"},${own}}`,
      `{"code":310,"extFields":{"a":1.5},${own}}`,
      `{"code":34,"extFields":{"a":"1"},${own}}`,
      `{"code":310,"extFields":{"a":"1"},${own}} x`,
      `{"code":310,"extFields":{"a":"1"},"opaque":1}`
    ]) {
      expect(agree(jsonFrame(text)), text).to.equal(false)
    }
  })

  const names = fc.constantFrom(...slots.keys(), 'bname', 'ns', 'lo', 'x', '', 'sysflag', 'Topic')
  const values = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '0',
      '-1',
      '2147483648',
      '99999999999999999999',
      '007',
      'true',
      'false',
      'TRUE',
      '%RETRY%g',
      'a\u0001b\u0002'
    ),
    fc.integer().map(String)
  )
  const codes = fc.constantFrom(10, 310, 11, 361, 34, -5)

  it('agrees on arbitrary commands in both forms', () => {
    let taken = 0
    fc.assert(
      fc.property(
        codes,
        fc.dictionary(names, values, { maxKeys: 20 }),
        fc.constantFrom(0 as const, 1 as const),
        (code, fields, form) => {
          if (agree(encodeFrame(command(code, fields, form)))) taken++
        }
      ),
      { numRuns: 3000 }
    )
    expect(taken, 'of 3000 frames').to.be.greaterThan(300)
  })

  it('agrees on JSON written in any way', () => {
    const blank = fc.constantFrom('', '', '', '', '', ' ', '\n', '\t ', ' ', '/* */')
    const text = (value: string): string => JSON.stringify(value)
    const escaped = (value: string): string =>
      `"${[...value].map(c => (c.codePointAt(0)! < 0x80 ? `\\u00${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c)).join('')}"`
    const value = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('"0"', '"x"', '"false"', '5', 'true') },
      values.map(text),
      values.map(escaped),
      fc.integer().map(String),
      fc.constantFrom('null', 'true', 'false', '1.0', '1e3', '{}', '[1]', "'single'", 'bare', '-', '+5', '00', '""')
    )
    const key = fc.oneof(
      { weight: 20, arbitrary: names.map(text) },
      { weight: 1, arbitrary: names.map(escaped) },
      { weight: 1, arbitrary: names }
    )
    const members = (entries: [string, string, string][]): string =>
      entries.map(([b, k, v]) => `${b}${k}${b}:${b}${v}`).join(',')
    const fields = fc.array(fc.tuple(blank, key, value), { maxLength: 12 }).map(entries => `{${members(entries)}}`)
    const own = fc.tuple(
      blank,
      fc.constantFrom('"code"', '"flag"', '"opaque"', '"version"', '"language"', '"remark"', '"x"'),
      value
    )
    let taken = 0
    fc.assert(
      fc.property(
        codes,
        fields,
        fc.array(own, { maxLength: 1 }),
        fc.shuffledSubarray(['code', 'flag', 'opaque', 'version', 'fields'], { minLength: 4 }),
        (code, extFields, more, order) => {
          const parts: Record<string, string> = {
            code: `"code":${code}`,
            flag: '"flag":0',
            opaque: '"opaque":-7',
            version: '"version":513',
            fields: `"extFields":${extFields}`
          }
          const all = [...order.map(name => parts[name]!), ...(more.length === 0 ? [] : [members(more)])]
          if (agree(jsonFrame(`{${all.join(',')}}`, 'b'))) taken++
        }
      ),
      { numRuns: 6000 }
    )
    expect(taken, 'of 6000 frames').to.be.greaterThan(100)
  })

  for (const form of [headerForms.json, headerForms.binary]) {
    it(`agrees on mutated frames, form ${form}`, () => {
      const frames = [
        encodeFrame(command(310, sendV2, form)),
        encodeFrame(command(11, { topic: 'T', queueId: '1', sysFlag: '3' }, form))
      ]
      const change = fc.tuple(fc.constantFrom('flip', 'set', 'cut', 'repeat'), fc.nat(), fc.nat(255))
      fc.assert(
        fc.property(fc.constantFrom(...frames), fc.array(change, { minLength: 1, maxLength: 3 }), (frame, changes) => {
          agree(changes.reduce(mutate, Buffer.from(frame)))
        }),
        { numRuns: 6000 }
      )
    })
  }
})

/** A changed frame; its length field always fits, as the frame reader guarantees. */
const mutate = (frame: Buffer, [kind, place, byte]: [string, number, number]): Buffer => {
  const at = 4 + (place % (frame.length - 4))
  let changed = Buffer.from(frame)
  if (kind === 'flip') changed[at] = changed[at]! ^ (1 << (byte & 7))
  else if (kind === 'set') changed[at] = byte
  else if (kind === 'cut') changed = Buffer.concat([frame.subarray(0, at), frame.subarray(at + 1 + (byte & 3))])
  else changed = Buffer.concat([frame.subarray(0, at), frame.subarray(Math.max(4, at - (byte & 31)))])
  if (changed.length < 8) return frame
  changed.writeUInt32BE(changed.length - 4)
  // Most changes of the length would only be refused; keep the header's length true in half of the cases.
  if (byte % 2 === 0) changed.writeUIntBE(Math.max(0, changed.length - 8 - 4), 5, 3)
  return changed
}
