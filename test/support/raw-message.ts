/** Stored messages, read by hand: what PULL, QUERY and VIEW answer with. Throws on anything that does not add up. */
import { crc32 } from 'node:zlib'

export interface RawMessage {
  readonly topic: string
  readonly queueId: number
  readonly flag: number
  readonly queueOffset: number
  readonly physicalOffset: number
  readonly sysFlag: number
  readonly bornTimestamp: number
  readonly storeTimestamp: number
  readonly reconsumeTimes: number
  readonly body: Buffer
  readonly properties: ReadonlyMap<string, string>
  readonly size: number
}

const magicV1 = 0xdaa320a7
const magicV2 = 0xdaa320ab

export const parseProperties = (text: string): Map<string, string> => {
  const properties = new Map<string, string>()
  for (const pair of text.split('\u0002')) {
    const at = pair.indexOf('\u0001')
    if (at > 0) properties.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return properties
}

export const propertyText = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}\u0001${value}\u0002`)
    .join('')

const readMessage = (bytes: Buffer, start: number): RawMessage => {
  const size = bytes.readInt32BE(start)
  const magic = bytes.readUInt32BE(start + 4)
  if (magic !== magicV1 && magic !== magicV2) throw new Error(`no message at ${start}: magic ${magic.toString(16)}`)
  if (size < 91 || start + size > bytes.length) throw new Error(`a message of ${size} bytes at ${start} does not fit`)
  const sysFlag = bytes.readInt32BE(start + 36)
  let at = start + 48 + ((sysFlag & 0x10) === 0 ? 8 : 20)
  const storeTimestamp = Number(bytes.readBigInt64BE(at))
  at += 8 + ((sysFlag & 0x20) === 0 ? 8 : 20)
  const reconsumeTimes = bytes.readInt32BE(at)
  const bodySize = bytes.readInt32BE(at + 12)
  at += 16
  const body = Buffer.from(bytes.subarray(at, at + bodySize))
  if (bodySize > 0 && (crc32(body) & 0x7fffffff) !== bytes.readInt32BE(start + 8)) {
    throw new Error(`the body of the message at ${start} does not match its CRC`)
  }
  at += bodySize
  const topicSize = magic === magicV1 ? bytes.readUInt8(at) : bytes.readUInt16BE(at)
  at += magic === magicV1 ? 1 : 2
  const topic = bytes.toString('utf8', at, at + topicSize)
  at += topicSize
  const propertiesSize = bytes.readUInt16BE(at)
  at += 2
  const properties = parseProperties(bytes.toString('utf8', at, at + propertiesSize))
  if (at + propertiesSize !== start + size) throw new Error(`the message at ${start} is not ${size} bytes long`)
  return {
    topic,
    queueId: bytes.readInt32BE(start + 12),
    flag: bytes.readInt32BE(start + 16),
    queueOffset: Number(bytes.readBigInt64BE(start + 20)),
    physicalOffset: Number(bytes.readBigInt64BE(start + 28)),
    sysFlag,
    bornTimestamp: Number(bytes.readBigInt64BE(start + 40)),
    storeTimestamp,
    reconsumeTimes,
    body,
    properties,
    size
  }
}

/** All messages of a body, one after the other. */
export const rawMessages = (bytes: Buffer): RawMessage[] => {
  const messages: RawMessage[] = []
  for (let at = 0; at < bytes.length; ) {
    const message = readMessage(bytes, at)
    messages.push(message)
    at += message.size
  }
  return messages
}
