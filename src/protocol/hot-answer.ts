/**
 * Writes parts of answers by hand: numbers as digits, ids as hex, names and values in either form of the header. What is
 * written must be what frame.ts writes for the same command.
 */
const zero = 0x30

const hexPairs = Buffer.alloc(512)
for (let byte = 0; byte < 256; byte++) {
  hexPairs.write(byte.toString(16).toUpperCase().padStart(2, '0'), byte * 2, 'latin1')
}

/** Characters of a whole number, its minus included. */
export const digitsOf = (value: number): number => {
  if (value < 0) return 1 + digitsOf(-value)
  let count = 1
  for (let limit = 10; value >= limit; limit *= 10) count++
  return count
}

/** Writes a whole number that takes `count` characters; returns the position after it. */
export const putNumber = (bytes: Buffer, at: number, value: number, count: number): number => {
  let rest = value
  let first = at
  if (value < 0) {
    bytes[first++] = 0x2d
    rest = -value
  }
  for (let to = at + count - 1; to >= first; to--) {
    const next = Math.floor(rest / 10)
    bytes[to] = zero + (rest - next * 10)
    rest = next
  }
  return at + count
}

/** 16 hex digits of a physical offset. */
export const putOffsetHex = (bytes: Buffer, at: number, offset: number): number => {
  let high = Math.floor(offset / 0x1_0000_0000)
  let low = offset % 0x1_0000_0000
  for (let to = at + 14; to > at + 6; to -= 2) {
    const pair = (low & 0xff) << 1
    bytes[to] = hexPairs[pair]!
    bytes[to + 1] = hexPairs[pair + 1]!
    low >>>= 8
  }
  for (let to = at + 6; to >= at; to -= 2) {
    const pair = (high & 0xff) << 1
    bytes[to] = hexPairs[pair]!
    bytes[to + 1] = hexPairs[pair + 1]!
    high = Math.floor(high / 256)
  }
  return at + 16
}

/** Short texts are copied byte by byte: a call into the runtime costs more. */
export const putBytes = (bytes: Buffer, at: number, source: Uint8Array, length: number): number => {
  if (length > 48) {
    bytes.set(length === source.length ? source : source.subarray(0, length), at)
    return at + length
  }
  for (let i = 0; i < length; i++) bytes[at + i] = source[i]!
  return at + length
}

export const putInt = (bytes: Buffer, at: number, value: number): number => {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
  return at + 4
}
