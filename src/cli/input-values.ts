/** `produce -f`: values in the forms that `consume -f` can write them in (`{hex}`, `{base64}`, `{json}`). Pure. */

const hexDigits = /^(?:[0-9a-fA-F]{2})*$/
const base64Digits = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The forms that a value of text or bytes may stand in. */
export const textForms: readonly string[] = ['raw', 'utf8', 'hex', 'base64', 'json']

/** Bytes that a value of `size` bytes takes in the form; undefined = only its end tells. */
export const formWidth = (size: number, form: string): number | undefined => {
  if (form === 'hex') return size * 2
  if (form === 'base64') return Math.ceil(size / 3) * 4
  return form === 'json' ? undefined : size
}

/** The value that stands there in the form; undefined when the bytes are not of that form. */
export const fromForm = (bytes: Buffer, form: string): Buffer | undefined => {
  if (form === 'hex') return hexDigits.test(bytes.toString('latin1')) ? Buffer.from(bytes.toString(), 'hex') : undefined
  if (form === 'base64') {
    return base64Digits.test(bytes.toString('latin1')) ? Buffer.from(bytes.toString(), 'base64') : undefined
  }
  if (form !== 'json') return bytes
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'string' ? Buffer.from(value) : undefined
  } catch {
    return undefined
  }
}

const quote = 0x22
const backslash = 0x5c

/** Where the JSON text that begins at `from` ends (exclusive); -1 = not within these bytes; undefined = none begins here. */
export const jsonTextEnd = (bytes: Buffer, from: number): number | undefined => {
  if (from >= bytes.length) return -1
  if (bytes[from] !== quote) return undefined
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] === backslash) at++
    else if (bytes[at] === quote) return at + 1
  }
  return -1
}
