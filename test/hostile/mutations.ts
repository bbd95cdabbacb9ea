/** One change to a valid request: in a header field, in the header around it, in the body, or in the frame. */
import { deflateSync } from 'node:zlib'
import { binaryHeader, type Fields, frameOf, jsonHeader } from '../support/raw-client.ts'
import type { Seeded } from '../support/seeded.ts'
import { type Example, inflationBomb } from './requests.ts'

export interface Attack {
  /** What was done, in a few words. */
  readonly what: string
  /** Pieces that are written one after the other. */
  readonly writes: readonly Buffer[]
  /**
   * `answer`: a whole frame with a readable header, so an answer must come (or the connection be closed, where
   * `mayClose`). `any`: answering, closing and silence are all right, dying is not.
   */
  readonly expects: 'answer' | 'any'
  /** The field that was changed. */
  readonly field?: string
}

const badNumbers = ['', '-1', '2147483647', '2147483648', '-2147483649', '9007199254740993', '9223372036854775807']
const worseNumbers = ['9223372036854775808', '-9223372036854775809', 'NaN', '1e9', '0x10', ' 5', '5 ', '+3', '1_0', '٣']
const longText = 'x'.repeat(10_000)
const badTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\n',
  '\u0001\u0002',
  '\ud800',
  'ünï©ødé',
  '𝕬'.repeat(70),
  longText,
  'x'.repeat(127),
  'x'.repeat(128),
  'x'.repeat(255),
  'x'.repeat(256),
  '%s%n%x',
  '{"a":1}',
  "' OR 1=1 --",
  '../../x',
  '..\\..\\x',
  'a/b',
  '/etc/passwd',
  '%00',
  '%RETRY%x',
  '%DLQ%x',
  'SCHEDULE_TOPIC_XXXX',
  'RMQ_SYS_TRANS_HALF_TOPIC',
  'rmq_sys_anything',
  'TBW102',
  'SELF_TEST_TOPIC',
  'OFFSET_MOVED_EVENT',
  'CID_RMQ_SYS_TRANS',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'null',
  'undefined'
]

/** Names that are properties of every JavaScript object. */
export const prototypeNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

const strangeValues: readonly unknown[] = [
  null,
  5,
  -1,
  1.5,
  2 ** 60,
  true,
  [],
  [1],
  {},
  { a: 1 },
  { __proto__: 1 },
  '5'
]

const frameWith = (example: Example, fields: Fields, body: Buffer, opaque: number, binary: boolean): Buffer =>
  binary && example.code < 32_768
    ? frameOf(binaryHeader(example.code, fields, { opaque }), body, 1)
    : frameOf(jsonHeader(example.code, fields, { opaque }), body)

const valid = (example: Example, opaque: number, random: Seeded): Buffer =>
  frameWith(example, example.fields, example.body, opaque, random.real() < 0.3)

type Mutation = (example: Example, opaque: number, random: Seeded) => Attack

const changeField: Mutation = (example, opaque, random) => {
  const names = Object.keys(example.fields)
  const name = names.length === 0 ? random.pick(['topic', 'group', 'ns', 'lo']) : random.pick(names)
  const value =
    typeof example.fields[name] === 'string'
      ? random.pick(badTexts)
      : random.pick([...badNumbers, ...worseNumbers, ...badTexts])
  const frame = frameWith(example, { ...example.fields, [name]: value }, example.body, opaque, random.real() < 0.3)
  return { what: `${name} = ${JSON.stringify(value.slice(0, 24))}`, writes: [frame], expects: 'answer', field: name }
}

const dropField: Mutation = (example, opaque, random) => {
  const fields: Record<string, string | number | boolean> = { ...example.fields }
  const names = Object.keys(fields)
  const name = names.length === 0 ? '' : random.pick(names)
  delete fields[name]
  const frame = frameWith(example, fields, example.body, opaque, random.real() < 0.3)
  return { what: `no ${name || 'field to drop'}`, writes: [frame], expects: 'answer', field: name }
}

const addField: Mutation = (example, opaque, random) => {
  const name = random.pick([...prototypeNames, '', 'ns', 'bname', 'oway', 'lo', '\u0000', longText.slice(0, 3_000)])
  const entries = [...Object.entries(example.fields), [name, random.pick(badTexts)]] as [string, string][]
  const ext = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(String(value))}`).join(',')
  const header = `{"code":${example.code},"extFields":{${ext}},"flag":0,"language":"JAVA","opaque":${opaque},"version":513}`
  return {
    what: `one more field ${JSON.stringify(name.slice(0, 20))}`,
    writes: [frameOf(Buffer.from(header), example.body)],
    expects: 'answer'
  }
}

/** A header whose parts are of JSON types that no client sends. */
const strangeHeader: Mutation = (example, opaque, random) => {
  const header: Record<string, unknown> = {
    code: example.code,
    extFields: { ...example.fields },
    flag: 0,
    language: 'JAVA',
    opaque,
    version: 513
  }
  const names = Object.keys(example.fields)
  const inside = names.length > 0 && random.real() < 0.5
  const name = inside
    ? random.pick(names)
    : random.pick(['code', 'extFields', 'flag', 'language', 'opaque', 'version', 'remark'])
  const value = random.pick(strangeValues)
  if (inside) (header['extFields'] as Record<string, unknown>)[name] = value
  else header[name] = value
  return {
    what: `header: ${name} = ${JSON.stringify(value)}`,
    writes: [frameOf(Buffer.from(JSON.stringify(header)), example.body)],
    expects: 'any'
  }
}

const wrongFlags: Mutation = (example, opaque, random) => {
  const flag = random.pick([1, 2, 3, 4, 255, -1, 2 ** 31 - 1, -(2 ** 31), 0xffff])
  const version = random.pick([513, 0, -1, 1, 121, 2 ** 15 - 1])
  const language = random.pick(['JAVA', 'GO', 'NODE_JS', 'KLINGON', '', '__proto__'])
  const header = jsonHeader(example.code, example.fields, { opaque, flag, version, language })
  return {
    what: `flag ${flag}, version ${version}, language ${language}`,
    writes: [frameOf(header, example.body)],
    expects: 'any'
  }
}

const brokenHeader: Mutation = (example, opaque, random) => {
  const binary = random.real() < 0.5 && example.code < 32_768
  const header = binary
    ? binaryHeader(example.code, example.fields, { opaque })
    : jsonHeader(example.code, example.fields, { opaque })
  const at = random.whole(0, header.length - 1)
  if (random.real() < 0.5) {
    header[at] = random.whole(0, 255)
    return {
      what: `${binary ? 'binary' : 'JSON'} header: byte ${at} changed`,
      writes: [frameOf(header, example.body, binary ? 1 : 0)],
      expects: 'any'
    }
  }
  const cut = frameOf(header.subarray(0, at), example.body, binary ? 1 : 0)
  return { what: `${binary ? 'binary' : 'JSON'} header cut at ${at}`, writes: [cut], expects: 'any' }
}

const otherForm: Mutation = (example, opaque, random) => {
  const form = random.pick([1, 2, 3, 64, 127, 128, 255])
  return {
    what: `a JSON header called form ${form}`,
    writes: [frameOf(jsonHeader(example.code, example.fields, { opaque }), example.body, form)],
    expects: 'any'
  }
}

const jsonBodies = ['', 'null', '[]', '{}', '"x"', '5', 'true', '{', '[[[[', '{"a":', '{"__proto__":{"x":1}}', '[null]']
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

/** The parsed body with one of its values replaced, or undefined when it is no JSON object. */
const oddValue = (body: Buffer, random: Seeded): Buffer | undefined => {
  if (body.length === 0 || body[0] !== 0x7b) return undefined
  const root = JSON.parse(body.toString()) as Record<string, unknown>
  let here: Record<string, unknown> = root
  for (;;) {
    const key = random.pick(Object.keys(here).concat('more'))
    const next = here[key]
    if (typeof next === 'object' && next !== null && Object.keys(next).length > 0 && random.real() < 0.7) {
      here = next as Record<string, unknown>
      continue
    }
    here[key] = random.pick([...strangeValues, ...badTexts, ...badNumbers, 2 ** 31, -(2 ** 63), 2 ** 53 + 1])
    return Buffer.from(JSON.stringify(root))
  }
}

const changeBody: Mutation = (example, opaque, random) => {
  const say = (what: string, body: Buffer): Attack => ({
    what: `body: ${what}`,
    writes: [frameWith(example, example.fields, body, opaque, random.real() < 0.3)],
    expects: 'answer'
  })
  switch (random.whole(0, 8)) {
    case 0:
      return say('none', Buffer.alloc(0))
    case 1: {
      const size = random.whole(1, 600)
      return say(`${size} random bytes`, random.bytes(size))
    }
    case 2:
      return say('JSON of another type', Buffer.from(random.pick(jsonBodies)))
    case 3:
      return say('cut', example.body.subarray(0, random.whole(0, example.body.length)))
    case 4: {
      const body = Buffer.from(example.body.length === 0 ? '{}' : example.body)
      body[random.whole(0, body.length - 1)] = random.whole(0, 255)
      return say('one byte changed', body)
    }
    case 5:
      return say('deeply nested', Buffer.from(nested(random.whole(100, 20_000))))
    case 6:
      return say('holds a frame', valid(example, opaque + 1, random))
    case 7:
      return say('deflated garbage', deflateSync(random.bytes(200)))
    default:
      return say('one odd value', oddValue(example.body, random) ?? random.bytes(40))
  }
}

const brokenFrame: Mutation = (example, opaque, random) => {
  const frame = valid(example, opaque, random)
  switch (random.whole(0, 4)) {
    case 0: {
      frame.writeInt32BE(random.pick([0, 1, 2, 3, -1, -(2 ** 31), 2 ** 31 - 1, 16_777_217, frame.length]), 0)
      return { what: `announced length ${frame.readInt32BE(0)}`, writes: [frame], expects: 'any' }
    }
    case 1: {
      const size = random.pick([0, 1, 0xffffff, frame.length, frame.length - 7])
      frame.writeUIntBE(size, 5, 3)
      return { what: `header length ${size}`, writes: [frame], expects: 'any' }
    }
    case 2: {
      const at = random.whole(1, frame.length - 1)
      return { what: `frame cut at ${at}`, writes: [frame.subarray(0, at)], expects: 'any' }
    }
    case 3: {
      const at = random.whole(4, frame.length - 1)
      frame[at] = frame[at]! ^ (1 << random.whole(0, 7))
      return { what: `bit flipped in byte ${at}`, writes: [frame], expects: 'any' }
    }
    default: {
      const pieces = Array.from(frame.subarray(0, 64), (_, at) => frame.subarray(at, at + 1))
      return { what: 'byte by byte', writes: [...pieces, frame.subarray(64)], expects: 'answer' }
    }
  }
}

const mutations: readonly (readonly [weight: number, mutation: Mutation])[] = [
  [30, changeField],
  [8, dropField],
  [8, addField],
  [10, strangeHeader],
  [6, wrongFlags],
  [8, brokenHeader],
  [3, otherForm],
  [20, changeBody],
  [12, brokenFrame]
]
const total = mutations.reduce((sum, [weight]) => sum + weight, 0)

/** One mutation, drawn by weight, of a valid request. */
export const mutate: Mutation = (example, opaque, random) => {
  let draw = random.real() * total
  for (const [weight, mutation] of mutations) {
    draw -= weight
    if (draw < 0) return mutation(example, opaque, random)
  }
  return changeField(example, opaque, random)
}

/** Kinds of attack that start from no valid request. */
export const rawAttacks: readonly ((random: Seeded) => Attack)[] = [
  random => ({ what: 'random bytes', writes: [random.bytes(random.whole(1, 400))], expects: 'any' }),
  () => ({ what: 'an HTTP request', writes: [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')], expects: 'any' }),
  () => ({ what: 'a TLS hello', writes: [Buffer.from('16030100c8010000c40303', 'hex')], expects: 'any' }),
  () => ({
    what: 'a PROXY preface',
    writes: [Buffer.from('PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n')],
    expects: 'any'
  }),
  () => ({ what: 'nothing', writes: [], expects: 'any' }),
  () => ({ what: 'an empty frame', writes: [Buffer.from([0, 0, 0, 0])], expects: 'any' }),
  () => ({ what: 'a frame of 4 bytes', writes: [Buffer.from([0, 0, 0, 4, 0, 0, 0, 0])], expects: 'any' }),
  random => {
    const code = random.whole(-32_768, 250_000)
    return {
      what: `code ${code}`,
      writes: [frameOf(jsonHeader(code, { topic: 'x' }), Buffer.alloc(0))],
      expects: 'any'
    }
  },
  random => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(random.pick([16_777_216, 16_000_000, 1_000_000]), 0)
    head.writeUInt32BE(random.whole(0, 2 ** 24 - 1), 4)
    return { what: 'a large frame is announced and never comes', writes: [head], expects: 'any' }
  },
  random => {
    const frames = Array.from({ length: 200 }, (_, n) =>
      frameOf(jsonHeader(random.whole(0, 400), { topic: 'x' }, { opaque: n }), Buffer.alloc(0))
    )
    return { what: '200 frames in one write', writes: [Buffer.concat(frames)], expects: 'any' }
  },
  random => {
    const count = random.pick([513, 2_000, 20_000])
    const ext = Array.from({ length: count }, (_, n) => `"k${n}":"v"`).join(',')
    const header = Buffer.from(`{"code":310,"extFields":{${ext}},"flag":0,"language":"JAVA","opaque":1,"version":513}`)
    return { what: `a header of ${count} fields`, writes: [frameOf(header, Buffer.alloc(0))], expects: 'any' }
  },
  random => {
    const header = Buffer.from(`{"code":310,"extFields":${nested(random.pick([1_000, 50_000, 130_000]))},"opaque":1}`)
    return { what: 'a deeply nested header', writes: [frameOf(header, Buffer.alloc(0))], expects: 'any' }
  },
  random => {
    const header = Buffer.from(`{"code":310,"opaque":${random.pick(['1e400', '1e-400', '00', '-', '1.', '1e', '९'])}}`)
    return { what: 'a number that is none', writes: [frameOf(header, Buffer.alloc(0))], expects: 'any' }
  }
]

/** Attacks that cost the attacker much as well: one of each. */
export const heavyAttacks = (inflatedBytes: number): Attack[] => {
  const manyKeys = Array.from({ length: 900_000 }, (_, n) => `"k${n}":1`).join(',')
  const bomb = inflationBomb(inflatedBytes)
  const register = {
    brokerName: 'bomb',
    brokerAddr: '127.0.0.1:65000',
    clusterName: 'c',
    haServerAddr: '',
    brokerId: 0
  }
  const big = Buffer.alloc(4 * 1024 * 1024 + 1, 0x61)
  const send = { a: 'g', b: 'HostileTopic', c: 'TBW102', d: 4, e: 0, f: 0, g: 0, h: 0 }
  const sendFrame = (fields: Fields, body: Buffer): Buffer => frameOf(jsonHeader(310, fields, { opaque: 7 }), body)
  return [
    {
      what: 'a header of 900,000 keys',
      writes: [frameOf(Buffer.from(`{"code":34,"extFields":{${manyKeys}},"opaque":1}`), Buffer.alloc(0))],
      expects: 'any'
    },
    {
      what: 'a header of eight million brackets',
      writes: [frameOf(Buffer.from(`{"code":34,"extFields":${nested(4_000_000)}}`), Buffer.alloc(0))],
      expects: 'any'
    },
    {
      what: 'a compressed registration that inflates without end',
      writes: [frameOf(jsonHeader(103, { ...register, compressed: true, bodyCrc32: 0 }, { opaque: 7 }), bomb)],
      expects: 'any'
    },
    { what: 'a body of 4 MiB and a byte', writes: [sendFrame(send, big)], expects: 'answer' },
    {
      what: 'a body of 15 MiB',
      writes: [sendFrame(send, Buffer.alloc(15 * 1024 * 1024))],
      expects: 'any'
    },
    {
      what: 'properties of 32,768 bytes',
      writes: [sendFrame({ ...send, i: `KEYS\u0001${'k'.repeat(32_762)}\u0002` }, Buffer.from('x'))],
      expects: 'answer'
    },
    { what: 'a frame of exactly 16 MiB', writes: [sendFrame(send, Buffer.alloc(16_777_216 - 300))], expects: 'any' }
  ]
}
