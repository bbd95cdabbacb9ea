/**
 * The property string of a message: `name \u0001 value \u0002 …`. Java: MessageDecoder.string2messageProperties,
 * messageProperties2String, MessageConst.
 */
import { MqError } from '../kit/errors.ts'

/** Bytes of the whole string: a message keeps its length in 16 signed bits. */
export const propertiesBytesMax = 32_767

export const propertyNames = {
  KEYS: 'KEYS',
  TAGS: 'TAGS',
  UNIQ_KEY: 'UNIQ_KEY',
  WAIT: 'WAIT',
  DELAY: 'DELAY',
  RETRY_TOPIC: 'RETRY_TOPIC',
  REAL_TOPIC: 'REAL_TOPIC',
  REAL_QID: 'REAL_QID',
  ORIGIN_MESSAGE_ID: 'ORIGIN_MESSAGE_ID',
  RECONSUME_TIME: 'RECONSUME_TIME',
  MAX_RECONSUME_TIMES: 'MAX_RECONSUME_TIMES',
  CONSUME_START_TIME: 'CONSUME_START_TIME',
  MSG_REGION: 'MSG_REGION',
  TRACE_ON: 'TRACE_ON',
  CLUSTER: 'CLUSTER',
  TRAN_MSG: 'TRAN_MSG',
  PGROUP: 'PGROUP',
  MIN_OFFSET: 'MIN_OFFSET',
  MAX_OFFSET: 'MAX_OFFSET',
  POP_CK: 'POP_CK',
  INSTANCE_ID: 'INSTANCE_ID',
  CORRELATION_ID: 'CORRELATION_ID',
  REPLY_TO_CLIENT: 'REPLY_TO_CLIENT',
  TTL: 'TTL',
  MSG_TYPE: 'MSG_TYPE',
  SHARDING_KEY: '__SHARDINGKEY',
  TIMER_DELAY_SEC: 'TIMER_DELAY_SEC',
  TIMER_DELAY_MS: 'TIMER_DELAY_MS',
  TIMER_DELIVER_MS: 'TIMER_DELIVER_MS',
  TIMER_OUT_MS: 'TIMER_OUT_MS',
  DLQ_ORIGIN_TOPIC: 'DLQ_ORIGIN_TOPIC',
  DLQ_ORIGIN_MESSAGE_ID: 'DLQ_ORIGIN_MESSAGE_ID',
  PRIORITY: '_SYS_MSG_PRIORITY_',
  CRC32: '__CRC32#'
} as const

const nameEnd = '\u0001'
const entryEnd = '\u0002'

/**
 * Reads a property string. Entries without a name, a separator or a value are left out, as Java does; of two with the
 * same name the later one counts. A value may hold further \u0001.
 */
export const parseProperties = (source: string | Buffer): Map<string, string> => {
  const text = typeof source === 'string' ? source : source.toString('utf8')
  const properties = new Map<string, string>()
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf(entryEnd, start)
    const end = next < 0 ? text.length : next
    const split = text.indexOf(nameEnd, start)
    if (split > start && split < end - 1) properties.set(text.slice(start, split), text.slice(split + 1, end))
    start = end + 1
  }
  return properties
}

/**
 * Writes a property string; empty values are left out, since readers skip them. Throws MQ_MESSAGE_INVALID for a name or
 * value with a separator in it: written as it is, it would forge a property of its own.
 */
export const formatProperties = (properties: Iterable<readonly [string, string]>): string => {
  let text = ''
  for (const [name, value] of properties) {
    if (name === '' || name.includes(nameEnd) || name.includes(entryEnd) || value.includes(entryEnd)) {
      throw new MqError(
        'MQ_MESSAGE_INVALID',
        `the property ${JSON.stringify(name.slice(0, 64))} is empty or holds a separator (\\u0001 or \\u0002)`
      )
    }
    if (value !== '') text += name + nameEnd + value + entryEnd
  }
  return text
}

/** Where a value stands: `position * 65536 + length`, or -1. A number, so that the hot path allocates nothing. */
const locate = (bytes: Buffer, start: number, end: number, name: Buffer): number => {
  let found = -1
  for (let at = start; at < end; ) {
    let same = 0
    while (same < name.length && bytes[at + same] === name[same]) same += 1
    const valueAt = at + same + 1
    const named = same === name.length && bytes[valueAt - 1] === 1
    let entry = at
    while (entry < end && bytes[entry] !== 2) entry += 1
    if (named && valueAt < entry) found = valueAt * 65_536 + (entry - valueAt)
    at = entry + 1
  }
  return found
}

/** The value of one property in `bytes[start, end)`, read in place; the same answer as `parseProperties` gives. */
export const propertyValue = (bytes: Buffer, start: number, end: number, name: Buffer): string | undefined => {
  const place = locate(bytes, start, end, name)
  if (place < 0) return undefined
  const at = Math.floor(place / 65_536)
  return bytes.toString('utf8', at, at + (place % 65_536))
}
