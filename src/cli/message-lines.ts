/** One message in full, for people. Pure. */
import type { MessageRow } from '../admin/admin.ts'
import { printable } from './table.ts'

/** Shown elsewhere in the same lines. */
const shownElsewhere = new Set(['TAGS', 'KEYS', 'UNIQ_KEY'])
const bodyShownMax = 4000

/** The lines of a message; an empty one at the end. */
export const messageLines = (row: MessageRow): string[] => {
  const properties = Object.entries(row.properties)
    .filter(([name]) => !shownElsewhere.has(name))
    .map(([name, value]) => `${name}=${value}`)
  const facts: [string, string | undefined][] = [
    ['Message id', row.messageId],
    ['Offset id', row.offsetMessageId],
    ['Topic', row.topic],
    [
      'Place',
      `${row.brokerName}/${row.queueId}/${row.queueOffset}  (commit log ${row.physicalOffset}, ${row.storeSize} bytes)`
    ],
    ['Tags', row.tags],
    ['Keys', row.keys],
    ['Born', `${row.born}  by ${row.bornHost}`],
    ['Stored', `${row.stored}  on ${row.storeHost}`],
    ['Retries', row.reconsumeTimes > 0 ? String(row.reconsumeTimes) : undefined],
    ['Properties', properties.length === 0 ? undefined : properties.join('  ')]
  ]
  const lines = facts
    .filter((fact): fact is [string, string] => fact[1] !== undefined)
    .map(([label, value]) => `${label.padEnd(11)} ${printable(value)}`)
  return [...lines, ...bodyLines(row), '']
}

const bodyLines = ({ body, bodyEncoding }: MessageRow): string[] => {
  const label = bodyEncoding === 'utf8' ? 'Body' : 'Body (b64)'
  const cut = body.length > bodyShownMax
  const [first = '', ...more] = (cut ? body.slice(0, bodyShownMax) : body).split('\n').map(printable)
  const lines = [`${label.padEnd(11)} ${first}`, ...more.map(line => `${' '.repeat(12)}${line}`)]
  return cut ? [...lines, `${' '.repeat(12)}… ${body.length - bodyShownMax} more; --json shows all`] : lines
}
