/**
 * Messages as they are stored, replicated and answered to pulls. Java: MessageExtEncoder, MessageDecoder.
 *
 * Version 2 differs from version 1 in one thing: two bytes for the length of the topic. It is used for topics longer
 * than 127 bytes, which only retry and dead letter topics of long group names are.
 */
import { MqError } from '../kit/errors.ts'
import { readLong, writeLong } from './long.ts'
import {
  bodyCrc,
  bodyCrcAt,
  bodyEnd,
  bodyStart,
  bornTimestampAt,
  checkMessage,
  magicAt,
  messageBytesMin,
  messageFields,
  messageMagic,
  physicalOffsetAt,
  propertiesEnd,
  propertiesStart,
  queueIdAt,
  queueOffsetAt,
  reconsumeTimesStart,
  storeTimestampStart,
  sysFlagAt,
  topicAt
} from './message-fields.ts'
import { propertiesBytesMax } from './message-properties.ts'
import { messageFlags } from './system-flags.ts'

const shortTopicMax = 127
const longTopicMax = 32_767

/** What a message is made from; the store's MessageDraft is one. */
export interface DraftMessage {
  readonly topic: string
  readonly queueId: number
  readonly flag: number
  readonly sysFlag: number
  readonly bornTimestamp: number
  /** 8 or 20 bytes: address and port; see host-bytes.ts. */
  readonly bornHost: Buffer
  readonly reconsumeTimes: number
  readonly preparedTransactionOffset: number
  readonly body: Buffer
  readonly properties: Buffer
}

/** A message with its place. */
export interface StoredMessage extends DraftMessage {
  /** Bytes of the stored message. */
  readonly size: number
  readonly version: 1 | 2
  readonly bodyCrc: number
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly storeTimestamp: number
  readonly storeHost: Buffer
}

const sizeWith = (draft: DraftMessage, topicBytes: number, storeHostBytes: number): number =>
  messageBytesMin -
  16 +
  draft.bornHost.length +
  storeHostBytes +
  draft.body.length +
  topicBytes +
  (topicBytes > shortTopicMax ? 1 : 0) +
  draft.properties.length

/** Bytes that the draft will take when stored. */
export const messageSize = (draft: DraftMessage, storeHostBytes: number): number =>
  sizeWith(draft, Buffer.byteLength(draft.topic), storeHostBytes)

/**
 * Writes the message at `at`, where `messageSize` bytes must be free, and returns the position after it. Allocates
 * nothing. The host bits of sysFlag are set from the hosts' lengths. Throws MQ_MESSAGE_INVALID when topic or properties
 * exceed their length field.
 */
export const writeMessage = (
  bytes: Buffer,
  at: number,
  draft: DraftMessage,
  queueOffset: number,
  physicalOffset: number,
  storeTimestamp: number,
  storeHost: Buffer
): number => {
  const topicBytes = Buffer.byteLength(draft.topic)
  if (topicBytes > longTopicMax || draft.properties.length > propertiesBytesMax) throw tooLong(topicBytes, draft)
  const size = sizeWith(draft, topicBytes, storeHost.length)
  bytes.writeInt32BE(size, at)
  bytes.writeInt32BE(topicBytes > shortTopicMax ? messageMagic.v2 : messageMagic.v1, at + 4)
  bytes.writeInt32BE(bodyCrc(draft.body), at + 8)
  bytes.writeInt32BE(draft.queueId, at + 12)
  bytes.writeInt32BE(draft.flag, at + 16)
  writeLong(bytes, queueOffset, at + 20)
  writeLong(bytes, physicalOffset, at + 28)
  bytes.writeInt32BE(hostBits(draft.sysFlag, draft.bornHost, storeHost), at + 36)
  writeLong(bytes, draft.bornTimestamp, at + 40)
  let to = at + messageFields.bornHost
  to += draft.bornHost.copy(bytes, to)
  to = writeLong(bytes, storeTimestamp, to)
  to += storeHost.copy(bytes, to)
  to = bytes.writeInt32BE(draft.reconsumeTimes, to)
  to = writeLong(bytes, draft.preparedTransactionOffset, to)
  to = bytes.writeInt32BE(draft.body.length, to)
  to += draft.body.copy(bytes, to)
  to = topicBytes > shortTopicMax ? bytes.writeInt16BE(topicBytes, to) : bytes.writeInt8(topicBytes, to)
  to += bytes.write(draft.topic, to)
  to = bytes.writeInt16BE(draft.properties.length, to)
  return to + draft.properties.copy(bytes, to)
}

const hostBits = (sysFlag: number, bornHost: Buffer, storeHost: Buffer): number => {
  const plain = sysFlag & ~(messageFlags.BORN_HOST_V6 | messageFlags.STORE_HOST_V6)
  const born = bornHost.length === 20 ? messageFlags.BORN_HOST_V6 : 0
  return plain | born | (storeHost.length === 20 ? messageFlags.STORE_HOST_V6 : 0)
}

const tooLong = (topicBytes: number, draft: DraftMessage): MqError =>
  new MqError(
    'MQ_MESSAGE_INVALID',
    `a topic of ${topicBytes} bytes or properties of ${draft.properties.length} bytes exceed ${propertiesBytesMax}`
  )

/** The message as a buffer of its own. */
export const encodeMessage = (
  draft: DraftMessage,
  queueOffset: number,
  physicalOffset: number,
  storeTimestamp: number,
  storeHost: Buffer
): Buffer => {
  const bytes = Buffer.allocUnsafe(messageSize(draft, storeHost.length))
  writeMessage(bytes, 0, draft, queueOffset, physicalOffset, storeTimestamp, storeHost)
  return bytes
}

/** Decodes the message at `at`; its buffers are parts of `bytes`, not copies. Throws MQ_MESSAGE_INVALID. */
export const decodeMessage = (bytes: Buffer, at = 0, end = bytes.length): StoredMessage => {
  const size = checkMessage(bytes, at, end)
  const storeTimestamp = storeTimestampStart(bytes, at)
  const reconsumeTimes = reconsumeTimesStart(bytes, at)
  return {
    size,
    version: magicAt(bytes, at) === messageMagic.v2 ? 2 : 1,
    bodyCrc: bodyCrcAt(bytes, at),
    queueId: queueIdAt(bytes, at),
    flag: bytes.readInt32BE(at + messageFields.flag),
    queueOffset: queueOffsetAt(bytes, at),
    physicalOffset: physicalOffsetAt(bytes, at),
    sysFlag: sysFlagAt(bytes, at),
    bornTimestamp: bornTimestampAt(bytes, at),
    bornHost: bytes.subarray(at + messageFields.bornHost, storeTimestamp),
    storeTimestamp: readLong(bytes, storeTimestamp),
    storeHost: bytes.subarray(storeTimestamp + 8, reconsumeTimes),
    reconsumeTimes: bytes.readInt32BE(reconsumeTimes),
    preparedTransactionOffset: readLong(bytes, reconsumeTimes + 4),
    body: bytes.subarray(bodyStart(bytes, at), bodyEnd(bytes, at)),
    topic: topicAt(bytes, at),
    properties: bytes.subarray(propertiesStart(bytes, at), propertiesEnd(bytes, at))
  }
}

/** Decodes messages that follow each other, such as the body of a pull's answer. Throws MQ_MESSAGE_INVALID. */
export const decodeMessages = (bytes: Buffer): StoredMessage[] => {
  const messages: StoredMessage[] = []
  for (let at = 0; at < bytes.length; ) {
    const message = decodeMessage(bytes, at)
    messages.push(message)
    at += message.size
  }
  return messages
}
