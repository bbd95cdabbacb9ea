/** `consume -f`: turns messages into bytes by a format such as `%t %o %k: %v\n`. docs/cli.md lists the letters. Pure. */
import type { ReceivedMessage } from '../client/received-message.ts'
import { MqError } from '../kit/errors.ts'
import { formatTokens, type Token } from './format-tokens.ts'
import { numberBytes, numberForms } from './number-forms.ts'

export type MessageFormat = (message: ReceivedMessage, counter: number) => Buffer

type Value = string | Buffer | number | Date
type Read = (message: ReceivedMessage, counter: number) => Value

const property = (message: ReceivedMessage, name: string): string => message.properties.get(name) ?? ''
const bytes = (text: string): number => Buffer.byteLength(text)

const letters: Readonly<Record<string, Read>> = {
  t: message => message.topic,
  T: message => bytes(message.topic),
  k: message => property(message, 'KEYS'),
  K: message => bytes(property(message, 'KEYS')),
  g: message => property(message, 'TAGS'),
  G: message => bytes(property(message, 'TAGS')),
  v: message => message.body,
  V: message => message.body.length,
  H: message => message.properties.size,
  p: message => message.queueId,
  b: message => message.brokerName,
  o: message => message.queueOffset,
  c: message => message.physicalOffset,
  m: message => message.messageId,
  M: message => message.offsetMessageId,
  d: message => new Date(message.storeTimestamp),
  D: message => new Date(message.bornTimestamp),
  r: message => message.reconsumeTimes,
  s: message => message.storeSize,
  a: message => message.sysFlag,
  B: message => message.bornHost,
  S: message => message.storeHost,
  x: message => property(message, '__transactionId__') || property(message, 'UNIQ_KEY'),
  i: (_message, counter) => counter
}

type Piece = (message: ReceivedMessage, counter: number) => Buffer

/** Compiles a format. Throws MQ_USAGE for unknown letters and modifiers, before the first message. */
export const messageFormat = (format: string): MessageFormat => {
  const pieces = formatTokens(format, `${Object.keys(letters).join('')}h`).map(piece)
  return (message, counter) => Buffer.concat(pieces.map(make => make(message, counter)))
}

const piece = (token: Token): Piece => {
  if (token.kind === 'literal') return () => token.bytes
  if (token.kind === 'loop') return loop(token.body)
  const read = letters[token.letter]!
  const write = writer(token.letter, token.modifier)
  return (message, counter) => write(read(message, counter))
}

const loop = (body: readonly Token[]): Piece => {
  const parts = body.map(token => {
    if (token.kind !== 'field') return () => (token.kind === 'literal' ? token.bytes : Buffer.alloc(0))
    const write = writer(token.letter, token.modifier)
    const ofName = token.letter.toLowerCase() === 'k'
    const size = token.letter === 'K' || token.letter === 'V'
    return (name: string, value: string) => {
      const text = ofName ? name : value
      return write(size ? bytes(text) : text)
    }
  })
  return message =>
    Buffer.concat([...message.properties].flatMap(([name, value]) => parts.map(make => make(name, value))))
}

const dateLetters = 'dD'
const numberLetters = 'TKGVHpocrsai'

const writer = (letter: string, modifier: string | undefined): ((value: Value) => Buffer) => {
  if (dateLetters.includes(letter)) {
    const text = dateText(modifier)
    return value => Buffer.from(text(value as Date))
  }
  if (numberLetters.includes(letter)) {
    const form = modifier ?? 'ascii'
    if (!numberForms.includes(form)) throw unknown(letter, form, numberForms)
    return value => numberBytes(value as number, form)
  }
  const form = modifier ?? 'raw'
  const encode = textForms[form]
  if (encode === undefined) throw unknown(letter, form, Object.keys(textForms))
  return value => encode(typeof value === 'string' ? Buffer.from(value) : (value as Buffer))
}

const textForms: Readonly<Record<string, (value: Buffer) => Buffer>> = {
  raw: value => value,
  utf8: value => Buffer.from(value.toString('utf8')),
  hex: value => Buffer.from(value.toString('hex')),
  base64: value => Buffer.from(value.toString('base64')),
  json: value => Buffer.from(JSON.stringify(value.toString('utf8')))
}

const unknown = (letter: string, form: string, forms: readonly string[]): MqError =>
  new MqError('MQ_USAGE', `%${letter} has no modifier {${form}}; it knows {${forms.join('} {')}}`)

const dateText = (modifier: string | undefined): ((date: Date) => string) => {
  if (modifier === undefined || modifier === 'iso') return date => date.toISOString()
  if (modifier === 'ms') return date => String(date.getTime())
  if (modifier === 'unix') return date => String(Math.floor(date.getTime() / 1000))
  const pattern = /^strftime\[(.*)\]$/s.exec(modifier)?.[1]
  if (pattern === undefined) throw unknown('d', modifier, ['iso', 'ms', 'unix', 'strftime[…]'])
  return date => strftime(pattern, date)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The common conversions of strftime, in UTC; what it does not know stays as it is. */
const strftime = (pattern: string, date: Date): string => {
  const iso = date.toISOString()
  const values: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: two(date.getUTCHours()),
    M: two(date.getUTCMinutes()),
    S: two(date.getUTCSeconds()),
    L: iso.slice(20, 23),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: String(Math.floor(date.getTime() / 1000)),
    z: '+0000',
    '%': '%'
  }
  return pattern.replaceAll(/%([A-Za-z%])/g, (whole, letter: string) => values[letter] ?? whole)
}
