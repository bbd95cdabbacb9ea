/** How formats write and read numbers: as digits, in hex, or as bytes of a fixed width. Pure. */

const widths: Readonly<Record<string, number>> = { '8': 1, '16': 2, '32': 4, '64': 8 }

/** `ascii` = digits; `hexN` = N bits in hex digits; `beN`, `leN` = N bits, big or little endian. */
export const numberForms: readonly string[] = [
  'ascii',
  ...['hex', 'be', 'le'].flatMap(kind => Object.keys(widths).map(bits => `${kind}${bits}`))
]

const apart = (form: string): [kind: string, size: number] => {
  const match = /^(hex|be|le)(\d+)$/.exec(form)
  return match === null ? ['ascii', 0] : [match[1]!, widths[match[2]!]!]
}

/** A number in one of the forms; what does not fit its width keeps its low bytes. */
export const numberBytes = (value: number, form: string): Buffer => {
  const [kind, size] = apart(form)
  if (kind === 'ascii') return Buffer.from(String(value))
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  const big = bytes.subarray(8 - size)
  if (kind === 'be') return big
  return kind === 'le' ? Buffer.from(big).reverse() : Buffer.from(big.toString('hex'))
}

/** How many bytes a number takes in a fixed form; undefined = as many as there are digits. */
export const numberWidth = (form: string): number | undefined => {
  const [kind, size] = apart(form)
  if (kind === 'ascii') return undefined
  return kind === 'hex' ? size * 2 : size
}

/** Reads what `numberBytes` wrote, unsigned; undefined when the bytes are no number. */
export const readNumber = (bytes: Buffer, form: string): number | undefined => {
  const [kind] = apart(form)
  const text = bytes.toString('latin1')
  if (kind === 'ascii') return /^\d{1,15}$/.test(text) ? Number(text) : undefined
  const hex = kind === 'hex' ? text : (kind === 'be' ? bytes : Buffer.from(bytes).reverse()).toString('hex')
  if (!/^[0-9a-fA-F]+$/.test(hex)) return undefined
  const value = Number.parseInt(hex, 16)
  return Number.isSafeInteger(value) ? value : undefined
}
