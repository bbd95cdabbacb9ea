/**
 * Several messages of one topic in one request: appended side by side, answered when the last one is stored. The broker
 * adds nothing to the inner messages. Java: SendMessageProcessor.sendBatchMessage.
 */
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { type BatchEntry, decodeBatch } from '../../protocol/message-batch.ts'
import { offsetMessageId } from '../../protocol/message-id.ts'
import { parseProperties, propertyNames } from '../../protocol/message-properties.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { tagsCode } from '../../protocol/tags-code.ts'
import { isRetryTopic, topicLengthMax } from '../../protocol/topic-names.ts'
import type { Asked } from '../../remoting/router.ts'
import { refusal } from '../refusal.ts'
import { type SendReply, traceFields } from './send-answer.ts'
import { append } from './send-append.ts'
import { clientFields } from './send-draft.ts'
import type { SendParts } from './send-parts.ts'
import { refuseUnsupported } from './send-properties.ts'
import type { SendRequest } from './send-request.ts'

/** More than any client puts together; each one costs an object until it is stored. */
const batchMessagesMax = 65_536

export const sendBatch = async (
  parts: SendParts,
  storeHost: () => Buffer,
  request: SendRequest,
  asked: Asked,
  config: TopicConfig,
  queueId: number
): Promise<SendReply> => {
  const { topic } = request
  if (topic.length > topicLengthMax || isRetryTopic(topic)) {
    throw refusal(responseCodes.MESSAGE_ILLEGAL, `a batch cannot be sent to the topic ${topic}: retry or dead letters`)
  }
  const entries = decodeBatch(asked.body, batchMessagesMax)
  const codes = entries.map(entry => checkedTagsCode(entry, request.sysFlag, parts.identity.brokerName))
  const fields = clientFields(request, asked, config)
  const appended = await Promise.all(
    entries.map(({ flag, body, properties }, index) =>
      append(parts.store, { ...fields, topic, queueId, flag, tagsCode: codes[index]!, body, properties })
    )
  )
  parts.traffic.stored(
    topic,
    appended.length,
    appended.reduce((sum, { size }) => sum + size, 0)
  )
  const host = storeHost()
  const uniqueKey = parseProperties(request.properties).get(propertyNames.UNIQ_KEY)
  return {
    code: appended.find(({ code }) => code !== responseCodes.SUCCESS)?.code ?? responseCodes.SUCCESS,
    header: {
      msgId: appended.map(({ physicalOffset }) => offsetMessageId(host, physicalOffset)).join(','),
      queueId,
      queueOffset: appended[0]!.queueOffset,
      ...(uniqueKey === undefined ? {} : { transactionId: uniqueKey })
    },
    fields: traceFields(parts)
  }
}

/** All of a batch is checked before any of it is stored. */
const checkedTagsCode = (entry: BatchEntry, sysFlag: number, brokerName: string): number => {
  const properties = parseProperties(entry.properties)
  refuseUnsupported(properties, sysFlag, 0, brokerName)
  if (Number(properties.get(propertyNames.DELAY) ?? 0) > 0) {
    throw refusal(responseCodes.MESSAGE_ILLEGAL, 'a batch cannot hold a message with a delay level: send it alone')
  }
  if (entry.body.length === 0) throw refusal(responseCodes.MESSAGE_ILLEGAL, 'a message of the batch has no body')
  return tagsCode(properties.get(propertyNames.TAGS))
}
