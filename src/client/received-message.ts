/** A message as a reader hands it out: decoded, with its body as the sender wrote it. Java: MessageExt. */
import { errorText } from '../kit/errors.ts'
import { decompress, decompressedBytesMax } from '../protocol/compression.ts'
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
  /** Decompressed, unless `bodyFault` says why not. */
  readonly body: Buffer
  /** Why a compressed body is handed out as it came: its bytes are broken, or it may be larger than `decompressedBytesMax`. */
  readonly bodyFault?: string
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

/**
 * All messages of a pull's or query's answer; a compressed body may grow to `bytesMax`. Throws MQ_MESSAGE_INVALID when the
 * bytes are no messages.
 */
export const receivedMessages = async (
  bytes: Buffer,
  brokerName: string,
  bytesMax = decompressedBytesMax
): Promise<ReceivedMessage[]> => {
  const messages: ReceivedMessage[] = []
  for (let at = 0; at < bytes.length; ) {
    const stored = decodeMessage(bytes, at)
    at += stored.size
    messages.push(await received(stored, brokerName, bytesMax))
  }
  return messages
}

const received = async (stored: StoredMessage, brokerName: string, bytesMax: number): Promise<ReceivedMessage> => {
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
    ...(compressionOf(stored.sysFlag) === 'none' ? { body: stored.body } : await opened(stored, bytesMax)),
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

/** A body that cannot be opened is shown as it is: a reader must not stop at it. */
const opened = async (
  { sysFlag, body }: StoredMessage,
  bytesMax: number
): Promise<Pick<ReceivedMessage, 'body' | 'bodyFault'>> => {
  try {
    return { body: await decompress(sysFlag, body, bytesMax) }
  } catch (error) {
    return { body, bodyFault: errorText(error) }
  }
}

/** `address:port` of the 8 or 20 bytes that messages and offset ids hold. */
export const hostText = (bytes: Buffer): string => formatAddress(decodeHost(bytes))
