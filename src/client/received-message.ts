/** A message as a reader hands it out: decoded, with its body as the sender wrote it. Java: MessageExt. */
import { promisify } from 'node:util'
import { inflate as zlibInflate } from 'node:zlib'
import { decodeHost } from '../protocol/host-bytes.ts'
import { decodeMessage, type StoredMessage } from '../protocol/message.ts'
import { offsetMessageId } from '../protocol/message-id.ts'
import { parseProperties, propertyNames } from '../protocol/message-properties.ts'
import { compressionOf } from '../protocol/system-flags.ts'
import { formatAddress } from '../remoting/address.ts'

export interface ReceivedMessage {
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly queueOffset: number
  /** Position in the broker's commit log, bytes. */
  readonly physicalOffset: number
  /** The sender's id (UNIQ_KEY); the offset id where the sender gave none. */
  readonly messageId: string
  /** Store host and physical offset in hex: finds the message without an index. */
  readonly offsetMessageId: string
  readonly body: Buffer
  readonly properties: ReadonlyMap<string, string>
  /** User's flag, kept as it is. */
  readonly flag: number
  readonly sysFlag: number
  /** Milliseconds since 1970. */
  readonly bornTimestamp: number
  readonly storeTimestamp: number
  /** `address:port`. */
  readonly bornHost: string
  readonly storeHost: string
  readonly reconsumeTimes: number
  /** Bytes of the stored message. */
  readonly storeSize: number
}

/** A body that a sender compressed may grow to this; above it, it is handed out as it came. Bytes. */
const inflatedBytesMax = 256 * 1024 * 1024

/** All messages of a pull's or query's answer. Throws MQ_MESSAGE_INVALID when the bytes are no messages. */
export const receivedMessages = async (bytes: Buffer, brokerName: string): Promise<ReceivedMessage[]> => {
  const messages: ReceivedMessage[] = []
  for (let at = 0; at < bytes.length; ) {
    const stored = decodeMessage(bytes, at)
    at += stored.size
    messages.push(await received(stored, brokerName))
  }
  return messages
}

const received = async (stored: StoredMessage, brokerName: string): Promise<ReceivedMessage> => {
  const properties = parseProperties(stored.properties)
  const offsetId = offsetMessageId(stored.storeHost, stored.physicalOffset)
  return {
    topic: stored.topic,
    brokerName,
    queueId: stored.queueId,
    queueOffset: stored.queueOffset,
    physicalOffset: stored.physicalOffset,
    messageId: properties.get(propertyNames.UNIQ_KEY) ?? offsetId,
    offsetMessageId: offsetId,
    body: compressionOf(stored.sysFlag) === 'zlib' ? await inflated(stored.body) : stored.body,
    properties,
    flag: stored.flag,
    sysFlag: stored.sysFlag,
    bornTimestamp: stored.bornTimestamp,
    storeTimestamp: stored.storeTimestamp,
    bornHost: hostText(stored.bornHost),
    storeHost: hostText(stored.storeHost),
    reconsumeTimes: stored.reconsumeTimes,
    storeSize: stored.size
  }
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(zlibInflate)

/** A body that only claims to be compressed is shown as it is: a reader must not stop at it. */
const inflated = async (body: Buffer): Promise<Buffer> => {
  try {
    return await inflate(body, { maxOutputLength: inflatedBytesMax })
  } catch {
    return body
  }
}

/** `address:port` of the 8 or 20 bytes that messages and offset ids hold. */
export const hostText = (bytes: Buffer): string => formatAddress(decodeHost(bytes))
