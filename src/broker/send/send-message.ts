/**
 * One message from a client to the store. Appends before the first await, so that the messages of a connection are
 * stored in the order they came. Java: SendMessageProcessor.sendMessage.
 */
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { offsetMessageId } from '../../protocol/message-id.ts'
import { propertyNames } from '../../protocol/message-properties.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { tagsCode } from '../../protocol/tags-code.ts'
import { isRetryTopic } from '../../protocol/topic-names.ts'
import type { Asked } from '../../remoting/router.ts'
import { divert } from '../delay/delayed-message.ts'
import { refusal } from '../refusal.ts'
import { type SendReply, traceFields } from './send-answer.ts'
import { append } from './send-append.ts'
import { sendBatch } from './send-batch.ts'
import { checkSendName, checkSendTopic, createForSend } from './send-checks.ts'
import { clientFields, propertyBytes } from './send-draft.ts'
import { storeHostOf } from './send-hosts.ts'
import type { SendParts } from './send-parts.ts'
import { receivedProperties, refuseUnsupported, requireKey } from './send-properties.ts'
import type { SendRequest } from './send-request.ts'
import { type RetryTarget, retryOrDeadLetter } from './send-retry.ts'

export type Sender = (request: SendRequest, asked: Asked) => Promise<SendReply>

export const sender = (parts: SendParts): Sender => {
  const storeHost = storeHostOf(parts.identity)
  return (request, asked) => {
    checkSendName(request.topic)
    const config = parts.topics.get(request.topic)
    if (config !== undefined) return store(parts, storeHost, request, asked, config)
    return createForSend(parts, request).then(made => store(parts, storeHost, request, asked, made))
  }
}

const store = (
  parts: SendParts,
  storeHost: () => Buffer,
  request: SendRequest,
  asked: Asked,
  config: TopicConfig
): Promise<SendReply> => {
  checkSendTopic(parts, config, request.queueId)
  const queueId = request.queueId < 0 ? anyQueue(parts, config) : request.queueId
  const bodyMax = parts.settings.maxMessageSize
  if (asked.body.length === 0) throw refusal(responseCodes.MESSAGE_ILLEGAL, 'the message has no body')
  if (asked.body.length > bodyMax) {
    throw refusal(
      responseCodes.MESSAGE_ILLEGAL,
      `the message is illegal: its body has ${asked.body.length} bytes, at most ${bodyMax} are allowed (maxMessageSize)`
    )
  }
  if (request.batch) return sendBatch(parts, storeHost, request, asked, config, queueId)
  if (!isRetryTopic(request.topic)) {
    return storeOne(parts, storeHost, request, asked, { config, queueId, deadLetter: false })
  }
  const target = retryOrDeadLetter(parts, request, config, queueId)
  return target instanceof Promise
    ? target.then(found => storeOne(parts, storeHost, request, asked, found))
    : storeOne(parts, storeHost, request, asked, target)
}

const anyQueue = ({ random }: SendParts, { writeQueueNums }: TopicConfig): number =>
  Math.floor(random() * Math.max(1, writeQueueNums))

const storeOne = async (
  parts: SendParts,
  storeHost: () => Buffer,
  request: SendRequest,
  asked: Asked,
  { config, queueId, deadLetter }: RetryTarget
): Promise<SendReply> => {
  const properties = receivedProperties(parts, request.properties)
  if (deadLetter) properties.set(propertyNames.DELAY, '-1')
  const uniqueKey = properties.get(propertyNames.UNIQ_KEY) ?? parts.uniqueId()
  properties.set(propertyNames.UNIQ_KEY, uniqueKey)
  requireKey(config, properties)
  properties.set(propertyNames.CLUSTER, parts.identity.clusterName)
  refuseUnsupported(properties, request.sysFlag, request.reconsumeTimes, parts.identity.brokerName)
  const target = divert(
    { topic: config.topicName, queueId, tagsCode: tagsCode(properties.get(propertyNames.TAGS)) },
    properties,
    parts.delayLevels
  )
  const appended = await append(parts.store, {
    ...target,
    ...clientFields(request, asked, config),
    body: asked.body,
    properties: propertyBytes(properties)
  })
  parts.traffic.stored(target.topic, 1, appended.size)
  return {
    code: appended.code,
    header: {
      msgId: offsetMessageId(storeHost(), appended.physicalOffset),
      queueId,
      queueOffset: appended.queueOffset,
      transactionId: uniqueKey
    },
    fields: traceFields(parts)
  }
}
