/** `produce --acks-format`: what is printed for each message that is stored, in the letters of `consume -f`. Pure. */
import type { SendReceipt } from '../client/send-receipt.ts'
import { MqError } from '../kit/errors.ts'
import { formatTokens, type Token } from './format-tokens.ts'
import { numberBytes, numberForms } from './number-forms.ts'
import type { Sent } from './produce.ts'

type Read = (sent: Sent & { readonly receipt: SendReceipt }, counter: number) => string | number

const letters: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['t', ({ receipt }) => receipt.topic],
  ['k', ({ message }) => message.keys ?? ''],
  ['g', ({ message }) => message.tags ?? ''],
  ['V', ({ message }) => message.body.length],
  ['b', ({ receipt }) => receipt.brokerName],
  ['p', ({ receipt }) => receipt.queueId],
  ['o', ({ receipt }) => receipt.queueOffset],
  ['m', ({ receipt }) => receipt.messageId],
  ['M', ({ receipt }) => receipt.offsetMessageId],
  ['a', ({ receipt }) => receipt.status],
  ['i', (_sent, counter) => counter]
])

export type AckFormat = (sent: Sent & { readonly receipt: SendReceipt }, counter: number) => Buffer

/** `%a` is the status. Throws MQ_USAGE for other letters, before the first message. */
export const ackFormat = (format: string): AckFormat => {
  const pieces = formatTokens(format, [...letters.keys()].join('')).map(piece)
  return (sent, counter) => Buffer.concat(pieces.map(make => make(sent, counter)))
}

const piece = (token: Token): AckFormat => {
  if (token.kind === 'literal') return () => token.bytes
  const read = token.kind === 'field' ? letters.get(token.letter) : undefined
  const form = token.kind === 'field' ? (token.modifier ?? 'ascii') : 'ascii'
  if (read === undefined || !numberForms.includes(form)) {
    throw new MqError('MQ_USAGE', `--acks-format has no modifier {${form}}; it knows {${numberForms.join('} {')}}`)
  }
  return (sent, counter) => {
    const value = read(sent, counter)
    return typeof value === 'number' ? numberBytes(value, form) : Buffer.from(value)
  }
}

/** What people see by default. */
export const ackLine = ({ brokerName, queueId, queueOffset, messageId, status }: SendReceipt): string => {
  const late = status === 'SEND_OK' ? '' : `  ${status}`
  return `sent to ${brokerName}/${queueId} at offset ${queueOffset}  ${messageId}${late}\n`
}
