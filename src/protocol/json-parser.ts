/**
 * A parser for JSON as Java's fastjson and fastjson2 read it; see fastjson.ts for what it takes beyond the standard.
 * It works on bytes and copies texts out one by one, so that none of them keeps the whole input alive.
 */
import { type ErrorCode, MqError } from '../kit/errors.ts'

/** A key is text (an integer key is its digits), or an object in the `{{…}:…}` form. */
export type JsonKey = string | JsonObject
export type JsonObject = ReadonlyMap<JsonKey, unknown>

export interface ParseLimits {
  /** Objects and arrays within each other. */
  readonly depthMax: number
  /** Entries of one object or array. */
  readonly entriesMax: number
  /** Values of the whole text: a small body must not become a large heap. */
  readonly valuesMax: number
  /** Gives numbers as the text that stood there, so that no digit of a 64-bit number is lost. */
  readonly numbersAsText: boolean
  /** Under which code faults are raised. */
  readonly errorCode: ErrorCode
}

const quote = 0x22
const apostrophe = 0x27
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c
const colon = 0x3a
const slash = 0x2f
const star = 0x2a
const newline = 0x0a

const nameLengthMax = 32
const simpleName = /^\w+$/

const numberPattern = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/
const escapes: ReadonlyMap<number, number> = new Map(
  [...'bfnrtv0'].map((letter, index) => [letter.charCodeAt(0), '\b\f\n\r\t\v\0'.charCodeAt(index)])
)

/** One run over the bytes. */
export class JsonParser {
  readonly #bytes: Buffer
  readonly #limits: ParseLimits
  #at = 0
  #values = 0
  readonly #names: string[] = []

  constructor(bytes: Buffer, limits: ParseLimits) {
    this.#bytes = bytes
    this.#limits = limits
  }

  document(): unknown {
    this.#blanks()
    if (this.#at === this.#bytes.length) return null
    const value = this.#value(0)
    this.#blanks()
    if (this.#at < this.#bytes.length) throw this.#fault('text after the end of the JSON value')
    return value
  }

  #value(depth: number): unknown {
    this.#values += 1
    if (this.#values > this.#limits.valuesMax) throw this.#fault(`more than ${this.#limits.valuesMax} values`)
    const byte = this.#bytes[this.#at]
    if (byte === openBrace) return this.#object(depth + 1)
    if (byte === openBracket) return this.#array(depth + 1)
    if (byte === quote || byte === apostrophe) return this.#string(byte)
    const digits = this.#digits()
    if (digits !== undefined) return digits
    const word = this.#word()
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (!numberPattern.test(word)) throw this.#fault('neither a JSON value nor a number')
    return this.#limits.numbersAsText ? word : Number(word)
  }

  /** A whole number of up to 15 digits, which most are; undefined, and nothing is taken, for anything else. */
  #digits(): number | undefined {
    if (this.#limits.numbersAsText) return undefined
    let at = this.#at
    let value = 0
    for (let byte = this.#bytes[at]!; byte >= 0x30 && byte <= 0x39; byte = this.#bytes[at]!) {
      value = value * 10 + byte - 0x30
      at += 1
    }
    const next = this.#bytes[at]
    const ends = next === comma || next === closeBrace || next === closeBracket
    if (at === this.#at || at - this.#at > 15 || !ends) return undefined
    this.#at = at
    return value
  }

  #object(depth: number): JsonObject {
    if (depth > this.#limits.depthMax) throw this.#fault(`JSON deeper than ${this.#limits.depthMax} levels`)
    const object = new Map<JsonKey, unknown>()
    let entries = 0
    this.#at += 1
    for (;;) {
      this.#blanks()
      if (this.#take(closeBrace)) return object
      entries += 1
      if (entries > this.#limits.entriesMax) throw this.#fault(`more than ${this.#limits.entriesMax} fields`)
      const key = this.#key(depth)
      this.#blanks()
      if (!this.#take(colon)) throw this.#fault('a colon is missing')
      this.#blanks()
      object.set(key, this.#value(depth))
      this.#blanks()
      if (!this.#take(comma) && this.#bytes[this.#at] !== closeBrace) throw this.#fault('a comma or } is missing')
    }
  }

  #key(depth: number): JsonKey {
    const byte = this.#bytes[this.#at]
    if (byte === openBrace) return this.#object(depth + 1)
    if (byte === quote || byte === apostrophe) return this.#name(byte)
    const word = this.#word()
    if (word === '') throw this.#fault('a key is missing')
    return word
  }

  /** A quoted key. The same few names come again and again: one that was met lately is not made anew. */
  #name(end: number): string {
    const start = this.#at + 1
    let length = 0
    while (length <= nameLengthMax && this.#bytes[start + length] !== end) length += 1
    if (length < 1 || length > nameLengthMax) return this.#string(end)
    const slot = (this.#bytes[start]! * 31 + this.#bytes[start + length - 1]! * 7 + length) & 63
    const known = this.#names[slot]
    if (known?.length === length) {
      let same = 0
      while (same < length && known.charCodeAt(same) === this.#bytes[start + same]) same += 1
      if (same === length) {
        this.#at = start + length + 1
        return known
      }
    }
    const name = this.#string(end)
    if (simpleName.test(name)) this.#names[slot] = name
    return name
  }

  #array(depth: number): unknown[] {
    if (depth > this.#limits.depthMax) throw this.#fault(`JSON deeper than ${this.#limits.depthMax} levels`)
    const array: unknown[] = []
    this.#at += 1
    for (;;) {
      this.#blanks()
      if (this.#take(closeBracket)) return array
      if (array.length >= this.#limits.entriesMax) throw this.#fault(`more than ${this.#limits.entriesMax} entries`)
      array.push(this.#value(depth))
      this.#blanks()
      if (!this.#take(comma) && this.#bytes[this.#at] !== closeBracket) throw this.#fault('a comma or ] is missing')
    }
  }

  #string(end: number): string {
    const start = this.#at + 1
    let at = start
    let escaped = false
    for (;;) {
      const byte = this.#bytes[at]
      if (byte === end) break
      if (byte === undefined) throw this.#fault('a text without its closing quote')
      if (byte === backslash) {
        escaped = true
        at += 1
      }
      at += 1
    }
    this.#at = at + 1
    const text = this.#bytes.toString('utf8', start, at)
    return escaped ? this.#unescape(text) : text
  }

  /** Unit by unit into one buffer: a body made of nothing but escapes takes no longer than another. */
  #unescape(text: string): string {
    const units = new Uint16Array(text.length)
    let length = 0
    for (let at = 0; at < text.length; at++) {
      let unit = text.charCodeAt(at)
      if (unit === backslash) {
        at += 1
        unit = text.charCodeAt(at)
        const digits = unit === 0x75 ? 4 : unit === 0x78 ? 2 : 0
        unit = digits === 0 ? (escapes.get(unit) ?? unit) : this.#hex(text, at + 1, digits)
        at += digits
      }
      units[length] = unit
      length += 1
    }
    return Buffer.from(units.buffer, 0, length * 2).toString('utf16le')
  }

  #hex(text: string, at: number, digits: number): number {
    let value = 0
    for (let index = at; index < at + digits; index++) {
      const digit = '0123456789abcdef'.indexOf(text.charAt(index).toLowerCase() || '-')
      if (digit < 0) throw this.#fault('an escape without its hexadecimal digits')
      value = value * 16 + digit
    }
    return value
  }

  /** Digits, signs and letters up to the next mark or blank. */
  #word(): string {
    const start = this.#at
    let at = start
    for (; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at]!
      const letter = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
      if (!letter && byte !== 0x2b && byte !== 0x2d && byte !== 0x2e && byte !== 0x5f && byte !== 0x24) break
    }
    this.#at = at
    return this.#bytes.toString('latin1', start, at)
  }

  #take(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false
    this.#at += 1
    return true
  }

  /** Blanks and comments. */
  #blanks(): void {
    for (;;) {
      const byte = this.#bytes[this.#at]
      if (byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09) this.#at += 1
      else if (byte === slash) this.#comment()
      else return
    }
  }

  #comment(): void {
    const line = this.#bytes[this.#at + 1] === slash
    if (!line && this.#bytes[this.#at + 1] !== star) throw this.#fault('a stray /')
    const end = this.#bytes.indexOf(line ? '\n' : '*/', this.#at + 2)
    if (end < 0 && !line) throw this.#fault('a comment without its end')
    this.#at = end < 0 ? this.#bytes.length : end + (line ? 1 : 2)
  }

  #fault(what: string): MqError {
    return new MqError(this.#limits.errorCode, `${what} at byte ${this.#at} of ${this.#bytes.length} of JSON`)
  }
}
