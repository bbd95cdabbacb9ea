/** What the store itself asks of a message; rules of topics and names are the broker's. */
import { MqError } from '../kit/errors.ts'
import { propertiesBytesMax } from '../protocol/message-properties.ts'
import type { MessageDraft, PendingAppend } from './contract.ts'
import { queueIdMax } from './queue-table.ts'

const topicBytesMax = 32_767

const fault = (text: string): MqError => new MqError('MQ_MESSAGE_INVALID', text)

/** Why the message cannot be stored, or undefined. `needed`: its bytes and those that must stay free behind it. */
export const draftFault = (
  draft: MessageDraft,
  needed: number,
  segmentBytes: number,
  messageBytesMax: number
): MqError | undefined => {
  const { topic, queueId, body, properties, bornHost } = draft
  if (topic.length === 0 || (topic.length > 10_000 && Buffer.byteLength(topic) > topicBytesMax)) {
    return fault(`a topic of ${topic.length} characters cannot be stored`)
  }
  if (queueId < 0 || queueId > queueIdMax || !Number.isInteger(queueId)) return fault(`there is no queue ${queueId}`)
  if (properties.length > propertiesBytesMax) {
    return fault(`properties of ${properties.length} bytes exceed ${propertiesBytesMax}`)
  }
  const content = body.length + properties.length
  if (content > messageBytesMax) return fault(`body and properties of ${content} bytes exceed ${messageBytesMax}`)
  if (bornHost.length !== 8 && bornHost.length !== 20) return fault('the born host is no address with a port')
  if (needed > segmentBytes) return fault(`a message of ${needed} bytes does not fit a segment of ${segmentBytes}`)
  return undefined
}

/** Answers an append that was not taken. */
export const refuse = (pending: PendingAppend, error: MqError): void => {
  pending.queueOffset = -1
  pending.physicalOffset = -1
  pending.done(error)
}

export const busy = (): MqError =>
  new MqError('MQ_TOO_BUSY', 'too many bytes wait for the disk (pendingBytesMax), so the message was not taken')

export const leaving = (topic: string): MqError =>
  new MqError('MQ_STORE_UNAVAILABLE', `the topic ${topic} is just being deleted`)
