/**
 * The property string of a send, walked in place: is it plain, and where is what a send needs of it. A plain string is one
 * that message-properties.ts would write back byte for byte, and that asks the broker for nothing special.
 */
import { isUtf8 } from 'node:buffer'

const backslash = 0x5c
const letterU = 0x75
const entriesMax = 32
const keyBytesMax = 64

const escapeOf = new Uint8Array(128)
for (const [letter, byte] of [
  ['"', 0x22],
  ['\\', 0x5c],
  ['/', 0x2f],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9]
] as const) {
  escapeOf[letter.charCodeAt(0)] = byte
}

const hexDigit = new Int8Array(256).fill(-1)
for (let digit = 0; digit < 16; digit++) {
  hexDigit[digit.toString(16).charCodeAt(0)] = digit
  hexDigit[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

/**
 * The byte that the escape at `bytes[at]` (its backslash) stands for; -1 for a character beyond ASCII and for what only the
 * general codec knows. An escape with `u` takes 6 bytes, any other 2.
 */
const unescapedByte = (bytes: Buffer, at: number, end: number): number => {
  if (at + 1 >= end) return -1
  const letter = bytes[at + 1]!
  if (letter !== letterU) {
    const plain = letter < 128 ? escapeOf[letter]! : 0
    return plain === 0 ? -1 : plain
  }
  if (at + 5 >= end || bytes[at + 2] !== 0x30 || bytes[at + 3] !== 0x30) return -1
  const high = hexDigit[bytes[at + 4]!]!
  const low = hexDigit[bytes[at + 5]!]!
  return high < 0 || high > 7 || low < 0 ? -1 : (high << 4) | low
}

/** Properties that the broker adds to each message, as bits of `HotProperties.present`. */
export const added = { region: 1, trace: 2, cluster: 4 } as const

const tagsName = Buffer.from('TAGS')
const clusterName = Buffer.from('CLUSTER')
const uniqueKeyName = Buffer.from('UNIQ_KEY')
const traceName = Buffer.from('TRACE_ON')
const regionName = Buffer.from('MSG_REGION')
/** What makes a message special: delays, transactions, timers, a pop's check point. */
const specialNames = [
  'DELAY',
  'POP_CK',
  'TRAN_MSG',
  'TIMER_DELAY_SEC',
  'TIMER_DELAY_MS',
  'TIMER_DELIVER_MS',
  'TIMER_OUT_MS'
]
const specials: (Buffer | undefined)[] = []
for (const name of specialNames) specials[name.length] = Buffer.from(name)

const same = (bytes: Buffer, at: number, end: number, name: Buffer): boolean => {
  if (end - at !== name.length) return false
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
  return true
}

/** The values that a property of the broker must have to stay as it is. */
export interface AddedValues {
  readonly region: Buffer
  readonly trace: Buffer
  readonly cluster: Buffer
}

export class HotProperties {
  /** Bits of `added`: which of the broker's properties the client sent already, with the broker's values. */
  present = 0
  tagsCode = 0
  keyStart = -1
  keyEnd = -1
  readonly #nameStarts = new Int32Array(entriesMax)
  readonly #nameEnds = new Int32Array(entriesMax)
  #count = 0

  /**
   * Copies the text in `bytes[start, end)` to the start of `target`, without its escapes when it is `escaped`, and reads it
   * on the way. Returns its length there; -1 when it is not plain, has no unique key that can be written into an answer,
   * or does not fit.
   */
  read(bytes: Buffer, start: number, end: number, escaped: boolean, target: Buffer, values: AddedValues): number {
    if (end - start > target.length) return -1
    this.present = 0
    this.tagsCode = 0
    this.keyStart = -1
    this.#count = 0
    let high = 0
    let to = 0
    let entry = 0
    let split = -1
    for (let at = start; at < end; at++) {
      let byte = bytes[at]!
      if (byte === backslash && escaped) {
        byte = unescapedByte(bytes, at, end)
        if (byte < 0) return -1
        at += bytes[at + 1] === letterU ? 5 : 1
      }
      target[to] = byte
      if (byte > 2) high |= byte
      else if (byte === 2) {
        if (split <= entry || split >= to - 1 || !this.#entry(target, entry, split, to, values)) return -1
        entry = to + 1
        split = -1
      } else if (byte === 1 && split < 0) split = to
      to++
    }
    if (entry < to && (split <= entry || split >= to - 1 || !this.#entry(target, entry, split, to, values))) return -1
    if (this.keyStart < 0) return -1
    return high < 0x80 || isUtf8(target.subarray(0, to)) ? to : -1
  }

  #entry(bytes: Buffer, start: number, split: number, end: number, values: AddedValues): boolean {
    const count = this.#count
    if (count === entriesMax) return false
    for (let i = 0; i < count; i++) {
      if (this.#nameEnds[i]! - this.#nameStarts[i]! === split - start && this.#sameName(bytes, i, start, split))
        return false
    }
    this.#nameStarts[count] = start
    this.#nameEnds[count] = split
    this.#count = count + 1
    switch (split - start) {
      case 4:
        return !same(bytes, start, split, tagsName) || this.#tags(bytes, split + 1, end)
      case 7:
        return (
          !same(bytes, start, split, clusterName) || this.#added(added.cluster, bytes, split + 1, end, values.cluster)
        )
      case 8:
        return this.#eight(bytes, start, split, end, values)
      case 10:
        return !same(bytes, start, split, regionName) || this.#added(added.region, bytes, split + 1, end, values.region)
      default:
        return !isSpecial(bytes, start, split)
    }
  }

  #eight(bytes: Buffer, start: number, split: number, end: number, values: AddedValues): boolean {
    if (same(bytes, start, split, uniqueKeyName)) return this.#key(bytes, split + 1, end)
    if (same(bytes, start, split, traceName)) return this.#added(added.trace, bytes, split + 1, end, values.trace)
    return !isSpecial(bytes, start, split)
  }

  #sameName(bytes: Buffer, index: number, start: number, split: number): boolean {
    const from = this.#nameStarts[index]! - start
    for (let at = start; at < split; at++) if (bytes[at] !== bytes[at + from]) return false
    return true
  }

  #tags(bytes: Buffer, start: number, end: number): boolean {
    let hash = 0
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!
      // Java hashes UTF-16 units.
      if (byte > 0x7f) return false
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    this.tagsCode = hash
    return true
  }

  #added(bit: number, bytes: Buffer, start: number, end: number, value: Buffer): boolean {
    this.present |= bit
    return same(bytes, start, end, value)
  }

  /** The key goes into the answer as it is, so it must need no escapes there. */
  #key(bytes: Buffer, start: number, end: number): boolean {
    if (end - start > keyBytesMax) return false
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!
      if (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === backslash) return false
    }
    this.keyStart = start
    this.keyEnd = end
    return true
  }
}

const isSpecial = (bytes: Buffer, start: number, end: number): boolean => {
  const name = specials[end - start]
  return name !== undefined && same(bytes, start, end, name)
}
