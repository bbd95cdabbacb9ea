/**
 * What is checked of a send before anything is stored, in Apache's order: name, topic, permission, queue. A check throws
 * an MqError that carries the response code. Java: AbstractSendMessageProcessor.msgCheck.
 */
import { MqError } from '../../kit/errors.ts'
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { mayWrite } from '../../protocol/permissions.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { topicFlags } from '../../protocol/system-flags.ts'
import { isNotForClients, isRetryTopic, topicNameFault } from '../../protocol/topic-names.ts'
import { refusal } from '../refusal.ts'
import type { SendParts } from './send-parts.ts'
import type { SendRequest } from './send-request.ts'

/** The topic's name and what clients may send to. */
export const checkSendName = (topic: string): void => {
  const fault = topicNameFault(topic)
  if (fault !== undefined) throw refusal(responseCodes.INVALID_PARAMETER, `${fault}: ${topic.slice(0, 256)}`)
  if (isNotForClients(topic)) {
    throw refusal(responseCodes.NO_PERMISSION, `sending to the system topic ${topic} is forbidden`)
  }
}

/** Permission of broker and topic, and the queue. */
export const checkSendTopic = (
  { settings, identity }: Pick<SendParts, 'settings' | 'identity'>,
  config: TopicConfig,
  queueId: number
): void => {
  if (!mayWrite(settings.brokerPermission) && config.order) {
    throw refusal(
      responseCodes.NO_PERMISSION,
      `the broker ${identity.brokerName} does not take messages: brokerPermission`
    )
  }
  if (!mayWrite(config.perm)) {
    throw refusal(
      responseCodes.NO_PERMISSION,
      `the topic ${config.topicName} does not take messages: its perm is ${config.perm}`
    )
  }
  const queues = Math.max(config.writeQueueNums, config.readQueueNums)
  if (queueId >= queues) {
    throw refusal(
      responseCodes.INVALID_PARAMETER,
      `the request's queueId ${queueId} is illegal: the topic ${config.topicName} has ${queues} queues`
    )
  }
}

/** The topic, made on first use when that is allowed. Rejects with code 17. */
export const createForSend = async ({ topics }: SendParts, request: SendRequest): Promise<TopicConfig> => {
  const { topic, defaultTopic, defaultTopicQueueNums, unitMode } = request
  const retry = isRetryTopic(topic)
  const sysFlag = unitMode ? (retry ? topicFlags.UNIT_SUB : topicFlags.UNIT) : 0
  const config = await topics.forSend(topic, defaultTopic, defaultTopicQueueNums, sysFlag)
  if (config !== undefined) return config
  if (retry) return topics.forSendBack(topic, 1, 6, sysFlag)
  throw new MqError('MQ_TOPIC_NOT_FOUND', `the topic ${topic} does not exist: create it first`, {
    responseCode: responseCodes.TOPIC_NOT_EXIST
  })
}
