/**
 * Writes docs/protocol.md from the request schemas: `npm run docs:protocol`. A test holds the committed file to what
 * this script would write.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Access, Request } from '../src/protocol/requests/request.ts'
import { inherited } from '../src/protocol/requests/request.ts'
import type { Schema } from '../src/protocol/schema.ts'

const folder = new URL('../src/protocol/requests/', import.meta.url)
const target = new URL('../docs/protocol.md', import.meta.url)

/** What the comment at the top of a schema file says. */
interface Card {
  /** What the request does, as one sentence. */
  readonly does: string
  readonly sentBy: string
  readonly answeredByClients: boolean
  readonly java: string
}

export interface DeclaredRequest {
  /** File name without its ending. */
  readonly file: string
  readonly exportName: string
  readonly request: Request
  readonly card: Card
}

const readCard = (source: string): Card => {
  const comment = source.slice(source.indexOf('/**') + 3, source.indexOf('*/'))
  const paragraphs = comment.split(/\n \*\n/).map(part => part.replaceAll(/^ \* ?/gm, '').trim())
  const joined = paragraphs.map(part => part.replaceAll(/\n {2}/g, ' '))
  const labelled = (label: string): string =>
    new RegExp(`^${label}: (.+?)\\.?$`, 'm').exec(joined.slice(1).join('\n'))?.[1] ?? ''
  return {
    does: (joined[0] ?? '').replaceAll('\n', ' ').replace(/^[A-Z0-9_]+ \(\d+\): /, ''),
    sentBy: labelled('Sent by'),
    answeredByClients: /^Answered by: clients/m.test(joined.join('\n')),
    java: labelled('Java')
  }
}

/** Every request of the folder, by code. */
export const declaredRequests = async (): Promise<DeclaredRequest[]> => {
  const names = readdirSync(folder).filter(name => name.endsWith('.ts') && name !== 'request.ts')
  const declared = await Promise.all(
    names.map(async name => {
      const exports = Object.entries((await import(new URL(name, folder).href)) as Record<string, Request>)
      const [exportName, request] = exports[0] ?? []
      if (exportName === undefined || request === undefined || exports.length > 1) {
        throw new Error(`${name} must export one request and nothing else`)
      }
      const card = readCard(readFileSync(new URL(name, folder), 'utf8'))
      return { file: name.replace(/\.ts$/, ''), exportName, request, card }
    })
  )
  return declared.sort((one, other) => one.request.code - other.request.code)
}

const accessText = (access: Access): string => {
  if (typeof access === 'string') return access === 'none' ? 'anyone' : access
  const on = [access.topic && `topic \`${access.topic}\``, access.group && `group \`${access.group}\``].filter(Boolean)
  return [access.action, ...(on.length === 0 ? [] : [on.join(', ')])].join(' ')
}

const fieldsText = (schema: Schema): string => {
  const own = Object.entries(schema).filter(([name]) => !(name in inherited))
  const texts = own.map(([name, field]) => `\`${name}\`${field.required ? '' : '?'}`)
  const more = own.length < Object.keys(schema).length ? ['…'] : []
  return [...texts, ...more].join(' ') || '–'
}

const rowOf = ({ file, request, card }: DeclaredRequest): string => {
  const name = `[${request.name}](../src/protocol/requests/${file}.ts)`
  const cells = [String(request.code), name, card.does, card.sentBy, accessText(request.access)]
  return `| ${[...cells, fieldsText(request.header), fieldsText(request.reply)].join(' | ')} |`
}

const head = `# The requests that mq knows

Written by \`npm run docs:protocol\` from \`src/protocol/requests/\`; do not edit.

- Header fields travel as text, in the JSON form of a header and in the binary one. \`?\` = may be absent; \`…\` = also the
  optional fields that every 5.x client may add: ${Object.keys(inherited)
    .map(name => `\`${name}\``)
    .join(' ')}.
- Access: the action on the topic or group that a header field names. \`admin\` = operators, \`inner\` = brokers and
  NameServers among themselves. Until access control exists, nothing is refused for lack of rights.
- A code that is not in this table is answered with REQUEST_CODE_NOT_SUPPORTED (3).

| code | name | what it does | sent by | access | header | header of the answer |
|---|---|---|---|---|---|---|
`

/** The text of docs/protocol.md. */
export const protocolTable = (requests: readonly DeclaredRequest[]): string =>
  `${head}${requests.map(rowOf).join('\n')}\n`

if (process.argv[1] === import.meta.filename) writeFileSync(target, protocolTable(await declaredRequests()))
