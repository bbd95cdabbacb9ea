/**
 * Reads the headers of sends and pulls straight from the bytes, in both forms, into one record that is used again for
 * every frame. It answers true only for what it is sure that frame.ts and schema.ts would read in the same way;
 * everything unusual is left to them. Nothing is allocated.
 */
import { type HeaderForm, headerForms } from './command.ts'
import { slotCount, slotOf } from './hot-fields.ts'

const headerBytesMax = 64 * 1024
const fieldsMax = 64

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const comma = 0x2c
const colon = 0x3a
const minus = 0x2d
const zero = 0x30

/** The header's own fields, as bits of what was seen. */
const own = { code: 1, flag: 2, opaque: 4, version: 8, fields: 16 } as const
const ownAll = own.code | own.flag | own.opaque | own.version | own.fields

/** SEND_MESSAGE, PULL_MESSAGE, SEND_MESSAGE_V2, LITE_PULL_MESSAGE. */
const isHot = (code: number): boolean => code === 310 || code === 11 || code === 10 || code === 361

/** The name of one of the header's own fields in `bytes[start, end)`, or 0. */
const ownField = (bytes: Buffer, start: number, end: number): number => {
  switch (end - start) {
    case 4:
      return same(bytes, start, codeName) ? own.code : same(bytes, start, flagName) ? own.flag : 0
    case 6:
      return same(bytes, start, opaqueName) ? own.opaque : 0
    case 7:
      return same(bytes, start, versionName) ? own.version : 0
    case 9:
      return same(bytes, start, fieldsName) ? own.fields : 0
    default:
      return 0
  }
}

const codeName = Buffer.from('code')
const flagName = Buffer.from('flag')
const opaqueName = Buffer.from('opaque')
const versionName = Buffer.from('version')
const fieldsName = Buffer.from('extFields')
const words = [Buffer.from('true'), Buffer.from('false')]

const same = (bytes: Buffer, at: number, name: Buffer): boolean => {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
  return true
}

export class HotHeader {
  form: HeaderForm = headerForms.json
  code = 0
  version = 0
  opaque = 0
  flag = 0
  /** Where the body starts. */
  bodyAt = 0
  /** What the values lie in; valid until the next `read`. */
  bytes: Buffer = Buffer.alloc(0)
  /** Whether the value in `escapedSlot` is written with escapes; all other values stand as they are. */
  escapedSlot = -1
  readonly #starts = new Int32Array(slotCount)
  readonly #ends = new Int32Array(slotCount)
  /** A slot is filled when its mark is that of this read. */
  readonly #marks = new Int32Array(slotCount)
  #mark = 0
  #at = 0
  #end = 0
  #escaped = false

  /** `start` is the first byte after the frame's length field, `end` the first after the frame. */
  read(bytes: Buffer, start: number, end: number): boolean {
    if (end - start < 4) return false
    const headerBytes = (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!
    const headerAt = start + 4
    if (headerBytes > headerBytesMax || headerAt + headerBytes > end) return false
    this.bytes = bytes
    this.bodyAt = headerAt + headerBytes
    this.escapedSlot = -1
    this.#mark = (this.#mark + 1) | 0
    this.#at = headerAt
    this.#end = this.bodyAt
    if (bytes[start] === headerForms.json) {
      this.form = headerForms.json
      return this.#json()
    }
    this.form = headerForms.binary
    return bytes[start] === headerForms.binary && this.#binary()
  }

  has(slot: number): boolean {
    return this.#marks[slot] === this.#mark
  }

  start(slot: number): number {
    return this.#starts[slot]!
  }

  end(slot: number): number {
    return this.#ends[slot]!
  }

  /** The whole number in a slot; NaN when it is absent or not 1 to 15 digits with or without a minus. */
  number(slot: number): number {
    if (this.#marks[slot] !== this.#mark) return Number.NaN
    return digits(this.bytes, this.#starts[slot]!, this.#ends[slot]!)
  }

  /** The number in a slot when it has 32 bits, `absent` when there is none, NaN for anything else. */
  int(slot: number, absent: number): number {
    if (this.#marks[slot] !== this.#mark) return absent
    const value = digits(this.bytes, this.#starts[slot]!, this.#ends[slot]!)
    return (value | 0) === value ? value : Number.NaN
  }

  /** Whether a slot is absent or says `false`; anything else but `true` is left to the general codec. */
  isFalse(slot: number): boolean {
    if (this.#marks[slot] !== this.#mark) return true
    const start = this.#starts[slot]!
    return this.#ends[slot]! - start === 5 && same(this.bytes, start, words[1]!)
  }

  /** A text of ASCII characters; undefined for others. */
  ascii(slot: number): string | undefined {
    const start = this.#starts[slot]!
    const end = this.#ends[slot]!
    for (let at = start; at < end; at++) if (this.bytes[at]! > 0x7f) return undefined
    return this.bytes.toString('latin1', start, end)
  }

  #put(slot: number, start: number, end: number): boolean {
    if (this.#marks[slot] === this.#mark) return false
    this.#marks[slot] = this.#mark
    this.#starts[slot] = start
    this.#ends[slot] = end
    return true
  }

  #json(): boolean {
    let seen = 0
    if (!this.#take(openBrace)) return false
    this.#blanks()
    for (;;) {
      if (!this.#text() || this.#escaped) return false
      const field = ownField(this.bytes, this.#textStart, this.#at - 1)
      if ((seen & field) !== 0 || !this.#take(colon)) return false
      seen |= field
      this.#blanks()
      if (!this.#ownValue(field)) return false
      if (this.#take(comma)) {
        this.#blanks()
        continue
      }
      return this.#take(closeBrace) && this.#atEnd() && seen === ownAll
    }
  }

  #ownValue(field: number): boolean {
    if (field === own.fields) return this.#fields()
    if (field === 0) return this.#skip()
    const start = this.#at
    if (!this.#integer() || this.#at - start > 10) return false
    const value = digits(this.bytes, start, this.#at)
    if ((value | 0) !== value) return false
    if (field === own.code) {
      this.code = value
      return isHot(value)
    }
    if (field === own.flag) this.flag = value
    else if (field === own.opaque) this.opaque = value
    else this.version = value
    return true
  }

  /** The fields of extFields. Written out in one loop, since this is where a broker spends its time on a header. */
  #fields(): boolean {
    if (!this.#take(openBrace)) return false
    this.#blanks()
    const { bytes } = this
    const end = this.#end
    let at = this.#at
    for (let count = 0; count < fieldsMax; count++) {
      if (bytes[at] !== quote) return false
      const nameAt = ++at
      const letter = bytes[at]
      if (bytes[at + 1] === quote && letter !== quote && letter !== backslash) at++
      else while (at < end && bytes[at] !== quote && bytes[at] !== backslash) at++
      if (bytes[at] !== quote) return false
      const slot = slotOf(bytes, nameAt, at++)
      if (bytes[at] !== colon) {
        at = this.#pastBlanks(at)
        if (bytes[at] !== colon) return false
      }
      at = this.#value(this.#pastBlanks(at + 1), slot)
      if (at < 0) return false
      let mark = bytes[at]
      if (mark !== comma && mark !== closeBrace) {
        at = this.#pastBlanks(at)
        mark = bytes[at]
      }
      if (mark === closeBrace && at < end) {
        this.#at = at + 1
        return true
      }
      if (mark !== comma) return false
      at = this.#pastBlanks(at + 1)
    }
    return false
  }

  /** Reads the value at `start` into a slot; returns the position after it, or -1. */
  #value(start: number, slot: number): number {
    const { bytes } = this
    const end = this.#end
    if (bytes[start] !== quote) {
      this.#at = start
      return this.#word() && (slot < 0 || this.#put(slot, start, this.#at)) ? this.#at : -1
    }
    let at = start + 1
    let escaped = false
    for (; at < end; at++) {
      const byte = bytes[at]
      if (byte === quote) break
      if (byte === backslash) {
        escaped = true
        at++
      }
    }
    if (at >= end) return -1
    if (escaped) {
      // One value with escapes is enough: the properties of a message.
      if (slot < 0 || this.escapedSlot >= 0) return -1
      this.escapedSlot = slot
    }
    return slot < 0 || this.#put(slot, start + 1, at) ? at + 1 : -1
  }

  #pastBlanks(start: number): number {
    const { bytes } = this
    let at = start
    while (at < this.#end) {
      const byte = bytes[at]!
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return at
      at++
    }
    return at
  }

  /** A value that does not matter: text without escapes, a whole number, true, false or null. */
  #skip(): boolean {
    if (this.bytes[this.#at] === quote) return this.#text() && !this.#escaped
    return this.#word() || this.#exactly(nullName)
  }

  #word(): boolean {
    const first = this.bytes[this.#at]
    if (first === minus || (first !== undefined && first >= zero && first <= 0x39)) return this.#integer()
    return this.#exactly(words[0]!) || this.#exactly(words[1]!)
  }

  /** What follows a word must be a mark or a blank: `truex` is another word. */
  #exactly(name: Buffer): boolean {
    if (this.#at + name.length >= this.#end || !same(this.bytes, this.#at, name)) return false
    this.#at += name.length
    return this.#wordEnds()
  }

  /** A minus and digits; where it has no digit or goes on with something else, false. */
  #integer(): boolean {
    let at = this.#at
    if (this.bytes[at] === minus) at++
    const first = at
    while (at < this.#end && this.bytes[at]! >= zero && this.bytes[at]! <= 0x39) at++
    this.#at = at
    return at > first && at < this.#end && this.#wordEnds()
  }

  #wordEnds(): boolean {
    const next = this.bytes[this.#at]
    return next === comma || next === closeBrace || next === 0x20 || next === 0x0a || next === 0x0d || next === 0x09
  }

  #textStart = 0

  /** Moves behind a text in double quotes; `#textStart` is its first byte, `#escaped` tells of backslashes. */
  #text(): boolean {
    const { bytes } = this
    const end = this.#end
    let at = this.#at
    if (bytes[at] !== quote) return false
    this.#textStart = ++at
    let escaped = false
    for (; at < end; at++) {
      const byte = bytes[at]
      if (byte === quote) {
        this.#at = at + 1
        this.#escaped = escaped
        return true
      }
      if (byte === backslash) {
        escaped = true
        at++
      }
    }
    return false
  }

  #take(mark: number): boolean {
    if (this.bytes[this.#at] !== mark) {
      this.#blanks()
      if (this.bytes[this.#at] !== mark) return false
    }
    if (this.#at >= this.#end) return false
    this.#at++
    return true
  }

  #blanks(): void {
    this.#at = this.#pastBlanks(this.#at)
  }

  #atEnd(): boolean {
    this.#blanks()
    return this.#at === this.#end
  }

  #binary(): boolean {
    const { bytes } = this
    const end = this.#end
    let at = this.#at
    if (end - at < 21) return false
    this.code = bytes.readInt16BE(at)
    if (!isHot(this.code)) return false
    this.version = bytes.readInt16BE(at + 3)
    this.opaque = bytes.readInt32BE(at + 5)
    this.flag = bytes.readInt32BE(at + 9)
    const remark = bytes.readInt32BE(at + 13)
    at += 17
    if (remark < 0 || remark > end - at - 4) return false
    at += remark
    if (bytes.readInt32BE(at) !== end - at - 4) return false
    at += 4
    for (let count = 0; at < end; count++) {
      if (count >= fieldsMax || end - at < 2) return false
      const nameAt = at + 2
      const nameEnd = nameAt + bytes.readInt16BE(at)
      if (nameEnd < nameAt || nameEnd > end - 4) return false
      const valueAt = nameEnd + 4
      const valueBytes = bytes.readInt32BE(nameEnd)
      if (valueBytes < 0 || valueBytes > end - valueAt) return false
      at = valueAt + valueBytes
      // A text of length 0 is the same as an absent field.
      if (valueBytes > 0) {
        const slot = slotOf(bytes, nameAt, nameEnd)
        if (slot >= 0 && !this.#put(slot, valueAt, at)) return false
      }
    }
    return true
  }
}

const nullName = Buffer.from('null')

/** 1 to 15 digits with or without a minus; NaN for anything else. */
const digits = (bytes: Buffer, start: number, end: number): number => {
  const negative = bytes[start] === minus
  const first = negative ? start + 1 : start
  if (end - first < 1 || end - first > 15) return Number.NaN
  let value = 0
  for (let at = first; at < end; at++) {
    const digit = bytes[at]! - zero
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return negative && value !== 0 ? -value : value
}
