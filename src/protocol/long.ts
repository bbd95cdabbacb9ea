/**
 * 64-bit integers as numbers, without BigInt. Offsets, sizes and times are safe integers (below 2^53); what lies beyond
 * keeps its nearest double, and values outside of Java's long become its limits.
 */
const high = 2 ** 32

export const writeLong = (bytes: Buffer, value: number, at: number): number => {
  if (value >= 2 ** 63) {
    bytes.writeInt32BE(0x7fffffff, at)
    return bytes.writeInt32BE(-1, at + 4)
  }
  const top = Math.max(Math.floor(value / high), -(2 ** 31))
  bytes.writeInt32BE(top, at)
  return bytes.writeInt32BE((value - top * high) | 0, at + 4)
}

export const readLong = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * high + bytes.readUInt32BE(at + 4)

/** The digits of a whole number; beyond Java's long, where Java would refuse to parse them, those of its limit. */
export const longText = (value: number): string => {
  if (value >= 2 ** 63) return '9223372036854775807'
  return value <= -(2 ** 63) ? '-9223372036854775808' : String(value)
}
