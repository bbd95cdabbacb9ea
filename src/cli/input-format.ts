/**
 * `produce -f`: takes messages out of a stream of bytes by the letters that `consume -f` writes. A value ends where the
 * next literal begins, or is as long as the size before it says (`%V{be32}%v`). What the command line or a broker
 * decides (topic, offsets, ids, times) is read and passed over, so one format serves both ends of a pipe.
 */
import { MqError } from '../kit/errors.ts'
import { formatTokens, type Token } from './format-tokens.ts'
import { formWidth, fromForm, jsonTextEnd, textForms } from './input-values.ts'
import { numberForms, numberWidth, readNumber } from './number-forms.ts'

export interface InputRecord {
  keys?: string
  tags?: string
  queueId?: number
  body: Buffer
  properties: Map<string, string>
}

/** Bytes of one record at most; a wrong delimiter must not read a whole disk into memory. */
const recordBytesMax = 64 * 1024 * 1024
const sizes = 'TKGVH'
/** Numbers that a format may hold in a fixed width. */
const numbers = 'pocrsai'
/** Texts and bytes that go into the message. */
const texts = 'kgv'
const letters = 'tTkKgGvVhHpbocmMdDrsaBSxi'

/** The records of a stream. Throws MQ_USAGE for a wrong format, and for input that does not fit it. */
export async function* inputRecords(input: AsyncIterable<Buffer>, format: string): AsyncGenerator<InputRecord> {
  const tokens = formatTokens(format, letters)
  check(tokens)
  let rest: Buffer = Buffer.alloc(0)
  let count = 0
  for await (const chunk of input) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (;;) {
      const scan = new Scan(rest, false, count + 1)
      const record = scan.record(tokens)
      if (record === undefined || scan.at === 0) break
      count++
      yield record
      rest = rest.subarray(scan.at)
    }
    if (rest.length > recordBytesMax) throw misfit(count + 1, `is longer than ${recordBytesMax} bytes`)
  }
  while (rest.length > 0) {
    const scan = new Scan(rest, true, count + 1)
    const record = scan.record(tokens)
    if (record === undefined || scan.at === 0) throw misfit(count + 1, 'ends too early')
    count++
    yield record
    rest = rest.subarray(scan.at)
  }
}

const check = (tokens: readonly Token[]): void => {
  if (!tokens.some(token => token.kind === 'field' && token.letter === 'v')) {
    throw new MqError('MQ_USAGE', 'the input format has no %v, so no message would have a body')
  }
  for (const [at, token] of tokens.entries()) {
    if (
      token.kind === 'loop' &&
      !tokens.slice(0, at).some(before => before.kind === 'field' && before.letter === 'H')
    ) {
      throw new MqError('MQ_USAGE', 'the input format needs %H, the number of properties, before %h{…}')
    }
    for (const field of token.kind === 'loop' ? token.body : [token]) checkForm(field)
  }
}

const checkForm = (token: Token): void => {
  if (token.kind !== 'field' || token.modifier === undefined) return
  const { letter, modifier } = token
  const isNumber = sizes.includes(letter) || numbers.includes(letter)
  const forms = isNumber ? numberForms : texts.includes(letter) ? textForms : [modifier]
  if (!forms.includes(modifier)) {
    throw new MqError('MQ_USAGE', `%${letter} has no modifier {${modifier}}; it knows {${forms.join('} {')}}`)
  }
}

const misfit = (record: number, why: string): MqError =>
  new MqError('MQ_USAGE', `record ${record} of the input ${why}; it does not fit the format`)

/** One walk over the bytes at hand; `undefined` from `record` means that more are needed. */
class Scan {
  at = 0
  readonly #bytes: Buffer
  readonly #last: boolean
  readonly #number: number

  constructor(bytes: Buffer, last: boolean, number: number) {
    this.#bytes = bytes
    this.#last = last
    this.#number = number
  }

  record(tokens: readonly Token[]): InputRecord | undefined {
    const record: InputRecord = { body: Buffer.alloc(0), properties: new Map() }
    const known = new Map<string, number>()
    for (const [at, token] of tokens.entries()) {
      const next = tokens[at + 1]
      if (token.kind === 'loop') {
        for (let left = known.get('H') ?? 0; left > 0; left--) {
          if (!this.#property(token.body, record)) return undefined
        }
      } else if (token.kind === 'literal') {
        if (!this.#literal(token.bytes, at === tokens.length - 1)) return undefined
      } else if (sizes.includes(token.letter)) {
        const size = this.#size(token.modifier ?? 'ascii')
        if (size === undefined) return undefined
        known.set(token.letter, size)
      } else {
        const value = this.#field(token, known, next)
        if (value === undefined) return undefined
        this.#keep(record, token.letter, value)
      }
    }
    return record
  }

  #property(body: readonly Token[], record: InputRecord): boolean {
    const known = new Map<string, number>()
    let name = ''
    let value = ''
    for (const [at, token] of body.entries()) {
      if (token.kind === 'literal') {
        if (!this.#literal(token.bytes, false)) return false
      } else if (token.kind === 'field' && sizes.includes(token.letter)) {
        const size = this.#size(token.modifier ?? 'ascii')
        if (size === undefined) return false
        known.set(token.letter, size)
      } else if (token.kind === 'field') {
        const text = this.#field(token, known, body[at + 1])?.toString()
        if (text === undefined) return false
        if (token.letter === 'k') name = text
        else value = text
      }
    }
    record.properties.set(name, value)
    return true
  }

  #literal(expected: Buffer, optionalAtEnd: boolean): boolean {
    const found = this.#bytes.subarray(this.at, this.at + expected.length)
    if (found.length < expected.length) {
      if (this.#last && optionalAtEnd && found.length === 0) return true
      return false
    }
    if (!found.equals(expected)) {
      const [want, have] = [expected, found].map(bytes => JSON.stringify(bytes.toString()))
      throw misfit(this.#number, `has ${have} where the format has ${want}`)
    }
    this.at += expected.length
    return true
  }

  #size(form: string, max = recordBytesMax): number | undefined {
    let width = numberWidth(form)
    if (width === undefined) {
      const digits = /^\d*/.exec(this.#bytes.toString('latin1', this.at, this.at + 16))![0]
      if (this.at + digits.length >= this.#bytes.length && !this.#last) return undefined
      width = digits.length
    }
    if (this.at + width > this.#bytes.length) return undefined
    const value = readNumber(this.#bytes.subarray(this.at, this.at + width), form)
    if (value === undefined) throw misfit(this.#number, 'has no number where the format has a size')
    if (value > max) throw misfit(this.#number, `has a size of ${value}`)
    this.at += width
    return value
  }

  /** A value, out of the form in which it stands. */
  #field(
    { letter, modifier = 'raw' }: Extract<Token, { kind: 'field' }>,
    known: ReadonlyMap<string, number>,
    next: Token | undefined
  ): Buffer | undefined {
    if (numbers.includes(letter) && numberWidth(modifier === 'raw' ? 'ascii' : modifier) !== undefined) {
      const number = this.#size(modifier, Number.MAX_SAFE_INTEGER)
      return number === undefined ? undefined : Buffer.from(String(number))
    }
    const form = texts.includes(letter) ? modifier : 'raw'
    const size = known.get(letter.toUpperCase())
    const found = form === 'json' ? this.#jsonText() : this.#value(size && formWidth(size, form), next)
    if (found === undefined) return undefined
    const value = fromForm(found, form)
    if (value === undefined) throw misfit(this.#number, `has no {${form}} where the format has %${letter}`)
    return value
  }

  #jsonText(): Buffer | undefined {
    const end = jsonTextEnd(this.#bytes, this.at)
    if (end === undefined) throw misfit(this.#number, 'has no {json} text where the format has one')
    if (end < 0) return undefined
    const value = this.#bytes.subarray(this.at, end)
    this.at = end
    return value
  }

  #value(size: number | undefined, next: Token | undefined): Buffer | undefined {
    let end: number
    if (size !== undefined) end = this.at + size
    else if (next?.kind === 'literal') {
      end = this.#bytes.indexOf(next.bytes, this.at)
      if (end < 0) {
        if (!this.#last) return undefined
        end = this.#bytes.length
      }
    } else if (next === undefined) {
      if (!this.#last) return undefined
      end = this.#bytes.length
    } else throw new MqError('MQ_USAGE', 'two values of the input format need a literal or a size between them')
    if (end > this.#bytes.length) return undefined
    const value = this.#bytes.subarray(this.at, end)
    this.at = end
    return value
  }

  #keep(record: InputRecord, letter: string, value: Buffer): void {
    if (letter === 'v') record.body = value
    else if (letter === 'k') record.keys = value.toString()
    else if (letter === 'g') record.tags = value.toString()
    else if (letter === 'p') {
      const queueId = readNumber(value, 'ascii')
      if (queueId === undefined) throw misfit(this.#number, 'has no number for %p')
      record.queueId = queueId
    }
  }
}
