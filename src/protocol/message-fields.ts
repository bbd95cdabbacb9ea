/**
 * Where the fields of a stored message are, and readers of single fields in place. `at` is where the message starts in
 * `bytes`. The readers trust the message; what comes from outside goes through `checkMessage` first.
 * Java: MessageDecoder.
 */
import { crc32 } from 'node:zlib'
import { MqError } from '../kit/errors.ts'
import { readLong } from './long.ts'
import { messageFlags } from './system-flags.ts'

export const messageMagic = { v1: -626_843_481, v2: -626_843_477, blank: -875_286_124 } as const

/** Where the fields of every message stand, from its start. What follows depends on the hosts' length. */
export const messageFields = {
  size: 0,
  magic: 4,
  bodyCrc: 8,
  queueId: 12,
  flag: 16,
  queueOffset: 20,
  physicalOffset: 28,
  sysFlag: 36,
  bornTimestamp: 40,
  bornHost: 48
} as const

/** Bytes of the smallest message that can be: no topic, no body, no properties. */
export const messageBytesMin = 91
/** The CRC that a message keeps of its body: the sign bit is dropped, as in Java. */
export const bodyCrc = (body: Buffer): number => crc32(body) & 0x7fffffff

export const sizeAt = (bytes: Buffer, at: number): number => bytes.readInt32BE(at)
export const magicAt = (bytes: Buffer, at: number): number => bytes.readInt32BE(at + messageFields.magic)
export const bodyCrcAt = (bytes: Buffer, at: number): number => bytes.readInt32BE(at + messageFields.bodyCrc)
export const queueIdAt = (bytes: Buffer, at: number): number => bytes.readInt32BE(at + messageFields.queueId)
export const queueOffsetAt = (bytes: Buffer, at: number): number => readLong(bytes, at + messageFields.queueOffset)
export const physicalOffsetAt = (bytes: Buffer, at: number): number =>
  readLong(bytes, at + messageFields.physicalOffset)
export const sysFlagAt = (bytes: Buffer, at: number): number => bytes.readInt32BE(at + messageFields.sysFlag)
export const bornTimestampAt = (bytes: Buffer, at: number): number => readLong(bytes, at + messageFields.bornTimestamp)

/** Bytes of a host with its port. */
const hostBytes = (sysFlag: number, bit: number): number => ((sysFlag & bit) === 0 ? 8 : 20)

export const storeTimestampStart = (bytes: Buffer, at: number): number =>
  at + messageFields.bornHost + hostBytes(sysFlagAt(bytes, at), messageFlags.BORN_HOST_V6)
export const reconsumeTimesStart = (bytes: Buffer, at: number): number =>
  storeTimestampStart(bytes, at) + 8 + hostBytes(sysFlagAt(bytes, at), messageFlags.STORE_HOST_V6)

export const storeTimestampAt = (bytes: Buffer, at: number): number => readLong(bytes, storeTimestampStart(bytes, at))
export const reconsumeTimesAt = (bytes: Buffer, at: number): number => bytes.readInt32BE(reconsumeTimesStart(bytes, at))

export const bodyStart = (bytes: Buffer, at: number): number => reconsumeTimesStart(bytes, at) + 16
export const bodyEnd = (bytes: Buffer, at: number): number => {
  const start = bodyStart(bytes, at)
  return start + bytes.readInt32BE(start - 4)
}

const isLong = (bytes: Buffer, at: number): boolean => magicAt(bytes, at) === messageMagic.v2

export const topicStart = (bytes: Buffer, at: number): number => bodyEnd(bytes, at) + (isLong(bytes, at) ? 2 : 1)
export const topicEnd = (bytes: Buffer, at: number): number => {
  const start = topicStart(bytes, at)
  return start + (isLong(bytes, at) ? bytes.readInt16BE(start - 2) : bytes.readInt8(start - 1))
}
export const topicAt = (bytes: Buffer, at: number): string =>
  bytes.toString('utf8', topicStart(bytes, at), topicEnd(bytes, at))

export const propertiesStart = (bytes: Buffer, at: number): number => topicEnd(bytes, at) + 2
export const propertiesEnd = (bytes: Buffer, at: number): number => {
  const start = propertiesStart(bytes, at)
  return start + bytes.readInt16BE(start - 2)
}

const broken = (what: string, at: number): MqError =>
  new MqError('MQ_MESSAGE_INVALID', `${what} in the message at byte ${at}`)

/**
 * Checks that a whole message stands at `at` and ends by `end`: magic, every length, the body's CRC. Returns its size.
 * Throws MQ_MESSAGE_INVALID.
 */
export const checkMessage = (bytes: Buffer, at: number, end = bytes.length): number => {
  const size = end - at < messageBytesMin ? -1 : sizeAt(bytes, at)
  if (size < messageBytesMin || size > end - at) throw broken(`a size of ${size} where ${end - at} bytes are left`, at)
  const magic = magicAt(bytes, at)
  if (magic !== messageMagic.v1 && magic !== messageMagic.v2) throw broken('no message magic', at)
  const last = at + size
  const body = bodyStart(bytes, at)
  const bodyBytes = body > last ? -1 : bytes.readInt32BE(body - 4)
  const topicLengthBytes = magic === messageMagic.v2 ? 2 : 1
  if (bodyBytes < 0 || bodyBytes > last - body - topicLengthBytes) throw broken('a wrong length of the body', at)
  const topic = topicStart(bytes, at)
  const topicBytes = topicEnd(bytes, at) - topic
  if (topicBytes < 0 || topicBytes > last - topic - 2) throw broken('a wrong length of the topic', at)
  if (propertiesEnd(bytes, at) !== last) throw broken('a wrong length of the properties', at)
  const stored = bodyCrcAt(bytes, at)
  if (stored !== bodyCrc(bytes.subarray(body, body + bodyBytes))) throw broken('a wrong CRC of the body', at)
  return size
}
