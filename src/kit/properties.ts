/**
 * Text in the form of Java's properties files: what broker.conf and namesrv.conf are written in, and what the
 * config requests carry. Java: java.util.Properties.load, which this follows in comments, escapes and continuation lines.
 */

export interface Property {
  readonly key: string
  readonly value: string
  /** Line on which it starts, from 1. */
  readonly line: number
}

const blank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\f'

/** Whether a line ends in an odd number of backslashes, which joins the next line to it. */
const continues = (line: string): boolean => {
  let count = 0
  while (count < line.length && line[line.length - 1 - count] === '\\') count++
  return count % 2 === 1
}

/** Lines as a reader of properties sees them: continuation lines joined, blank lines and comments gone. */
const logicalLines = (source: string): { readonly line: string; readonly number: number }[] => {
  const natural = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const lines: { line: string; number: number }[] = []
  for (let at = 0; at < natural.length; at++) {
    let line = natural[at]!.replace(/^[ \t\f]+/, '')
    if (line === '' || line[0] === '#' || line[0] === '!') continue
    const number = at + 1
    while (continues(line)) {
      line = line.slice(0, -1)
      if (at + 1 >= natural.length) break
      line += natural[++at]!.replace(/^[ \t\f]+/, '')
    }
    lines.push({ line, number })
  }
  return lines
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

const unescaped = (source: string): string =>
  source.replaceAll(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, char: string | undefined) =>
    code === undefined ? (escapes[char!] ?? char!) : String.fromCharCode(Number.parseInt(code, 16))
  )

/** Where the key ends: at the first `=`, `:` or blank that no backslash protects. */
const keyEnd = (line: string): number => {
  for (let at = 0; at < line.length; at++) {
    const char = line[at]!
    if (char === '\\') at++
    else if (char === '=' || char === ':' || blank(char)) return at
  }
  return line.length
}

const valueStart = (line: string, end: number): number => {
  let at = end
  while (blank(line[at])) at++
  if (line[at] === '=' || line[at] === ':') at++
  while (blank(line[at])) at++
  return at
}

/** All properties in the order of the text; of a key that occurs twice both are given, and the last one counts. */
export const parseProperties = (source: string): Property[] =>
  logicalLines(source).map(({ line, number }) => {
    const end = keyEnd(line)
    return { key: unescaped(line.slice(0, end)), value: unescaped(line.slice(valueStart(line, end))), line: number }
  })

/** `key=value` lines as Apache's servers answer them: unescapedd, one a line. Java: MixAll.properties2String. */
export const formatProperties = (entries: Iterable<readonly [string, string]>): string => {
  let text = ''
  for (const [key, value] of entries) text += `${key}=${value}\n`
  return text
}
