/** How `consume` shows messages: as JSON lines, in a format, as hex, or one line each for a person at a terminal. */
import { messageRow } from '../admin/message-row.ts'
import type { ReceivedMessage } from '../client/received-message.ts'
import { hexDump } from './hex-dump.ts'
import { messageFormat } from './message-format.ts'
import { printable, type Screen } from './table.ts'

export type MessagePrinter = (message: ReceivedMessage, counter: number) => Buffer | string

/** `format` = undefined: a line for people on a terminal, the bare body and a line break elsewhere. */
export const messagePrinter = (format: string | undefined, json: boolean, screen: Screen): MessagePrinter => {
  if (json || format === 'json') return message => `${JSON.stringify(messageRow(message))}\n`
  if (format === 'hexdump') return message => `${placeLine(message, screen.color)}\n${hexDump(message.body)}`
  if (format === 'pretty' || (format === undefined && screen.width !== undefined)) {
    return message => `${placeLine(message, screen.color)}  ${bodyLine(message.body)}\n`
  }
  return messageFormat(format ?? '%v\\n')
}

/** When, where, tag and keys. */
const placeLine = (message: ReceivedMessage, color: boolean): string => {
  const dim = (text: string): string => (color ? `\u001b[2m${text}\u001b[22m` : text)
  const bold = (text: string): string => (color ? `\u001b[1m${text}\u001b[22m` : text)
  const { brokerName, queueId, queueOffset, properties } = message
  const time = new Date(message.storeTimestamp).toISOString().slice(11, 23)
  const tag = properties.get('TAGS')
  const keys = properties.get('KEYS')
  const parts = [
    dim(`${time}  ${printable(brokerName)}/${queueId}/${queueOffset}`),
    ...(tag === undefined ? [] : [`[${printable(tag)}]`]),
    ...(keys === undefined ? [] : [bold(printable(keys))])
  ]
  return parts.join('  ')
}

/** Text as it is, made harmless; bytes that are no text in hex. */
const bodyLine = (body: Buffer): string => {
  const text = body.toString('utf8')
  return text.includes('\ufffd') ? `0x${body.toString('hex')}` : printable(text)
}
