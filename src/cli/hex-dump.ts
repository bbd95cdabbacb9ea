/** Bytes for people: offset, sixteen bytes in hex, and the same as text. Pure. */

const perLine = 16

/** The lines, each with its line break. */
export const hexDump = (bytes: Buffer): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += perLine) {
    const part = bytes.subarray(at, at + perLine)
    const hex = Array.from(part, byte => byte.toString(16).padStart(2, '0'))
    const halves = [hex.slice(0, 8).join(' '), hex.slice(8).join(' ')].join('  ')
    const shown = Array.from(part, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    text += `${at.toString(16).padStart(8, '0')}  ${halves.padEnd(perLine * 3)}  |${shown}|\n`
  }
  return text
}
