/** A message on its way out: checked, with its property string, its body compressed if it is large. Java: Message, Validators. */
import { MqError } from '../kit/errors.ts'
import { compress } from '../protocol/compression.ts'
import { formatProperties, propertiesBytesMax, propertyNames } from '../protocol/message-properties.ts'
import type { Compression } from '../protocol/system-flags.ts'
import { isNotForClients, topicNameFault } from '../protocol/topic-names.ts'

export interface OutgoingMessage {
  readonly topic: string
  /** At least one byte; at most `bodyBytesMax` of the producer. */
  readonly body: Buffer
  /** Separated by blanks. Messages are found by them. */
  readonly keys?: string
  /** What consumers filter by; one tag. */
  readonly tags?: string
  /** More names and values. */
  readonly properties?: Iterable<readonly [string, string]>
  /** 1 to 18; the broker's table says how long each is. */
  readonly delayLevel?: number
  /** A fixed queue; on the named broker, or on any that has it. */
  readonly queueId?: number
  readonly brokerName?: string
}

/** A message as it goes into a request. */
export interface Packed {
  readonly messageId: string
  readonly properties: string
  readonly body: Buffer
  readonly sysFlag: number
}

export interface PackLimits {
  /** Largest body, bytes. */
  readonly bodyBytesMax: number
  readonly compression: Compression
  readonly compressionLevel: number
  /** Bodies larger than this are compressed; bytes. */
  readonly compressAboveBytes: number
}

/** Throws MQ_USAGE (name of the topic), MQ_MESSAGE_INVALID (body, properties, delay level). */
export const checkOutgoing = (message: OutgoingMessage, { bodyBytesMax }: Pick<PackLimits, 'bodyBytesMax'>): void => {
  const { topic, body, delayLevel } = message
  const fault = topicNameFault(topic)
  if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
  if (isNotForClients(topic))
    throw new MqError('MQ_USAGE', `the topic ${topic} is the broker's own: nobody may send to it`)
  if (body.length === 0) throw invalid('a message needs a body; RocketMQ has no empty messages')
  if (body.length > bodyBytesMax) throw invalid(`a body of ${body.length} bytes exceeds the limit of ${bodyBytesMax}`)
  if (delayLevel !== undefined && !(Number.isInteger(delayLevel) && delayLevel >= 0)) {
    throw invalid(`the delay level ${delayLevel} is no whole number from 1`)
  }
}

/** Throws MQ_MESSAGE_INVALID when a property holds a separator, or all are too long. */
export const propertiesOf = (message: OutgoingMessage, messageId: string): string => {
  const properties = new Map(message.properties ?? [])
  if (message.keys !== undefined) properties.set(propertyNames.KEYS, message.keys)
  if (message.tags !== undefined) properties.set(propertyNames.TAGS, message.tags)
  if (message.delayLevel !== undefined) properties.set(propertyNames.DELAY, String(message.delayLevel))
  properties.set(propertyNames.UNIQ_KEY, messageId)
  properties.set(propertyNames.WAIT, 'true')
  const text = formatProperties(properties)
  const bytes = Buffer.byteLength(text)
  if (bytes > propertiesBytesMax) throw invalid(`properties of ${bytes} bytes exceed ${propertiesBytesMax}`)
  return text
}

/** Compresses a large body, unless it does not get smaller by it. */
export const pack = async (message: OutgoingMessage, messageId: string, limits: PackLimits): Promise<Packed> => {
  const properties = propertiesOf(message, messageId)
  const { body } = message
  if (body.length <= limits.compressAboveBytes) return { messageId, properties, body, sysFlag: 0 }
  const smaller = await compress(limits.compression, body, limits.compressionLevel)
  return { messageId, properties, body, sysFlag: 0, ...smaller }
}

const invalid = (text: string): MqError => new MqError('MQ_MESSAGE_INVALID', text)
