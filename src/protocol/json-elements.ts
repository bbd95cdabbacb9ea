/**
 * Cuts a large JSON body into the elements of one of its lists, so that they can be read one after the other, with turns
 * for others in between. Only quotes and brackets are looked at, so Java's objects as keys do not disturb. Pure.
 */
import { MqError } from '../kit/errors.ts'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b])
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d])

/** The elements of the list that the outermost object has under `name`. Throws MQ_BODY_INVALID when there is none. */
export function* listElements(body: Buffer, name: string): Generator<Buffer> {
  let at = listStart(body, name)
  let depth = 0
  let start = at
  for (; at < body.length; at++) {
    const byte = body[at]!
    if (byte === quote) at = stringEnd(body, at)
    else if (opening.has(byte)) depth++
    else if (depth === 0 && (byte === comma || closing.has(byte))) {
      const element = body.subarray(start, at)
      if (element.toString('latin1').trim() !== '') yield element
      if (byte !== comma) return
      start = at + 1
    } else if (closing.has(byte)) depth--
  }
  throw new MqError('MQ_BODY_INVALID', `the list ${name} in the body does not end`)
}

/** Where the first element begins. */
const listStart = (body: Buffer, name: string): number => {
  let depth = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!
    if (opening.has(byte)) depth++
    else if (closing.has(byte)) depth--
    else if (byte === quote) {
      const end = stringEnd(body, at)
      if (depth === 1 && body.toString('utf8', at + 1, end) === name) {
        const rest = /^\s*:\s*\[/.exec(body.toString('latin1', end + 1, end + 64))
        if (rest !== null) return end + 1 + rest[0].length
      }
      at = end
    }
  }
  throw new MqError('MQ_BODY_INVALID', `the body has no list ${name}`)
}

/** Where the quote is that ends the string which begins here. */
const stringEnd = (body: Buffer, at: number): number => {
  for (let end = at + 1; end < body.length; end++) {
    if (body[end] === backslash) end++
    else if (body[end] === quote) return end
  }
  return body.length
}
