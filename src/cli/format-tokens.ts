/**
 * The little language of `produce -f` and `consume -f`, taken apart: literal bytes, `%` letters with an optional
 * modifier in braces, and the loop `%h{…}` over properties. What a letter means is decided where it is used. Pure.
 */
import { MqError } from '../kit/errors.ts'

export type Token =
  | { readonly kind: 'literal'; readonly bytes: Buffer }
  | { readonly kind: 'field'; readonly letter: string; readonly modifier: string | undefined }
  | { readonly kind: 'loop'; readonly body: readonly Token[] }

/** Takes a format apart. `letters` = those allowed outside the loop. Throws MQ_USAGE, naming the place. */
export const formatTokens = (format: string, letters: string): Token[] => {
  const tokens: Token[] = []
  let literal = ''
  const flush = (): void => {
    if (literal !== '') tokens.push({ kind: 'literal', bytes: Buffer.from(literal, 'latin1') })
    literal = ''
  }
  for (let at = 0; at < format.length; ) {
    const character = String.fromCodePoint(format.codePointAt(at)!)
    if (character === '\\') {
      const [text, length] = escaped(format, at)
      literal += text
      at += length
    } else if (character !== '%') {
      // Literals are held as latin1, one character a byte, so that \xNN and UTF-8 text mix.
      literal += Buffer.from(character).toString('latin1')
      at += character.length
    } else if ('%{}'.includes(format[at + 1] ?? ' ')) {
      literal += format[at + 1]
      at += 2
    } else {
      flush()
      const [token, length] = field(format, at, letters)
      tokens.push(token)
      at += length
    }
  }
  flush()
  return tokens
}

const escaped = (format: string, at: number): [string, number] => {
  const hex = /^\\x([0-9a-fA-F]{2})/.exec(format.slice(at, at + 4))
  if (hex !== null) return [String.fromCharCode(Number.parseInt(hex[1]!, 16)), 4]
  const plain: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '0': '\0' }
  const text = plain[format[at + 1] ?? '']
  if (text === undefined) throw wrong(format, at, 'knows \\n \\t \\r \\0 \\\\ and \\xNN')
  return [text, 2]
}

const field = (format: string, at: number, letters: string): [Token, number] => {
  const letter = format[at + 1] ?? ''
  if (letter === '' || !letters.includes(letter)) {
    throw wrong(format, at, `knows %${[...letters].join(' %')} and %%`)
  }
  const braces = format[at + 2] === '{' ? braced(format, at + 2) : undefined
  if (letter === 'h') {
    if (braces === undefined) throw wrong(format, at, 'needs braces after %h, as in %h{%k=%v }')
    return [{ kind: 'loop', body: formatTokens(braces, 'kvKV') }, 4 + braces.length]
  }
  return [{ kind: 'field', letter, modifier: braces }, braces === undefined ? 2 : 4 + braces.length]
}

/** What stands between a brace and its partner; `strftime[…]` may hold anything but `]}`. */
const braced = (format: string, open: number): string => {
  let depth = 0
  for (let at = open; at < format.length; at++) {
    if (format.startsWith('{strftime[', at)) {
      const close = format.indexOf(']}', at)
      if (close < 0) break
      depth++
      at = close
    } else if (format[at] === '%' && '{}%'.includes(format[at + 1] ?? ' ')) at++
    else if (format[at] === '{') depth++
    if (format[at] === '}' && --depth === 0) return format.slice(open + 1, at)
  }
  throw wrong(format, open, 'misses the closing brace')
}

const wrong = (format: string, at: number, why: string): MqError =>
  new MqError('MQ_USAGE', `the format ${JSON.stringify(format)} is wrong at character ${at + 1}: a format ${why}`)
