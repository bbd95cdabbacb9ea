/**
 * The records of message traces: lines of text that clients send to a topic of their own. Java: TraceDataEncoder. Each
 * record ends with the character 2, its fields are separated by the character 1. Pure.
 */
import type { TraceRow } from './message-acts.ts'

const recordEnd = '\u0002'
const fieldEnd = '\u0001'

/** Ordinals of Java's MessageType and ConsumeReturnType. */
const messageTypes = ['NORMAL', 'TRANSACTION_HALF', 'TRANSACTION_COMMIT', 'DELAY', 'ORDER', 'PRIORITY']
const consumeResults = ['SUCCESS', 'TIME_OUT', 'EXCEPTION', 'RETURNNULL', 'FAILED']

type Fields = readonly string[]

/** The records of a trace message's body. What is no record that we know is left out, as Java does. */
export const traceRows = (body: string): TraceRow[] =>
  body.split(recordEnd).flatMap(record => {
    const fields = record.split(fieldEnd)
    const read = readers.get(fields[0] ?? '')
    const row = read?.(fields)
    return row === undefined ? [] : [row]
  })

const published = (fields: Fields): TraceRow => {
  const [, time, , group = '', topic, messageId = '', tags, keys, storeHost, length, cost, type] = fields
  // Older clients write less: without an offset id and their own address.
  const offsetId = fields.length > 13 ? fields[12] : undefined
  const success = fields[fields.length > 13 ? 13 : 12]
  return {
    kind: 'PUB',
    ...moment(time),
    group,
    messageId,
    ...texts({ topic, tags, keys, storeHost, clientHost: fields[14], offsetMessageId: offsetId }),
    ...number('bodyLength', length),
    ...number('costMs', cost),
    success: success !== 'false',
    ...texts({ messageType: messageTypes[Number(type)] })
  }
}

const before = ([, time, , group = '', requestId, messageId = '', retries, keys, clientHost]: Fields): TraceRow => ({
  kind: 'SUB_BEFORE',
  ...moment(time),
  group,
  messageId,
  ...texts({ keys, clientHost, requestId }),
  ...number('retryTimes', retries),
  success: true
})

const after = ([, requestId, messageId = '', cost, success, keys, code, time, group = '']: Fields): TraceRow => ({
  kind: 'SUB_AFTER',
  ...moment(time),
  group,
  messageId,
  ...texts({ keys, requestId, status: consumeResults[Number(code === undefined || code === '' ? Number.NaN : code)] }),
  ...number('costMs', cost),
  success: success !== 'false'
})

const ended = (fields: Fields): TraceRow => {
  const [, time, , group = '', topic, messageId = '', tags, keys, storeHost, type, clientHost, , status] = fields
  return {
    kind: 'END_TRANSACTION',
    ...moment(time),
    group,
    messageId,
    ...texts({ topic, tags, keys, storeHost, clientHost, status, messageType: messageTypes[Number(type)] }),
    success: true
  }
}

const recalled = ([, time, , group = '', topic, messageId = '', success]: Fields): TraceRow => ({
  kind: 'RECALL',
  ...moment(time),
  group,
  messageId,
  ...texts({ topic }),
  success: success !== 'false'
})

const readers: ReadonlyMap<string, (fields: Fields) => TraceRow> = new Map([
  ['Pub', published],
  ['SubBefore', before],
  ['SubAfter', after],
  ['EndTransaction', ended],
  ['Recall', recalled]
])

const moment = (text: string | undefined): Pick<TraceRow, 'at' | 'atMs'> => {
  const ms = Number(text)
  if (!text || !Number.isSafeInteger(ms) || ms <= 0 || ms > 8.64e15) return {}
  return { at: new Date(ms).toISOString(), atMs: ms }
}

const number = <Name extends string>(name: Name, text: string | undefined): Partial<Record<Name, number>> => {
  const value = Number(text)
  return text === undefined || text === '' || !Number.isFinite(value)
    ? {}
    : ({ [name]: value } as Partial<Record<Name, number>>)
}

/** Only those that say something: Java writes the word null now and then. */
const texts = <Name extends string>(values: Record<Name, string | undefined>): Partial<Record<Name, string>> =>
  Object.fromEntries(
    Object.entries<string | undefined>(values).filter(
      ([, value]) => value !== undefined && value !== '' && value !== 'null'
    )
  ) as Partial<Record<Name, string>>
