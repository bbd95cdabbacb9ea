/** What a request to make or change a topic comes to, checked. Java: AdminBrokerProcessor.updateAndCreateTopic. */
import { MqError } from '../../kit/errors.ts'
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { isPermission } from '../../protocol/permissions.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { topicNameFault } from '../../protocol/topic-names.ts'
import type { BrokerParts } from '../broker-parts.ts'
import { alterAttributes, topicAttributes } from './attributes.ts'

/** Queues of one topic; BenchmarkTest has 1,024. */
export const queueNumsMax = 65_536

export const invalid = (message: string): MqError =>
  new MqError('MQ_NOT_PERMITTED', message, { responseCode: responseCodes.INVALID_PARAMETER })

/** The topic as it will be; `asked.attributes` are changes (`+name`, `-name`). Throws with the reason, as code 29. */
export const changedTopic = (
  { options, topics }: Pick<BrokerParts, 'options' | 'topics'>,
  asked: TopicConfig
): TopicConfig => {
  const { topicName, readQueueNums, writeQueueNums, perm } = asked
  const fault = topicNameFault(topicName)
  if (fault !== undefined) throw invalid(fault)
  if (options.validateSystemTopicWhenUpdateTopic && topics.isSystem(topicName))
    throw invalid(`The topic[${topicName}] is conflict with system topic.`)
  for (const queueNums of [readQueueNums, writeQueueNums])
    if (queueNums < 0 || queueNums > queueNumsMax)
      throw invalid(`the topic ${topicName} would have ${queueNums} queues, allowed are 0 to ${queueNumsMax}`)
  if (!isPermission(perm)) throw invalid(`the permission ${perm} of the topic ${topicName} is not one from 0 to 7`)
  const changes = Object.entries(asked.attributes)
  if (!options.enableMixedMessageType && changes.some(([key, value]) => key === '+message.type' && value === 'MIXED'))
    throw invalid('MIXED message type is not supported.')
  const attributes = alterAttributes(topicAttributes, topics.get(topicName)?.attributes, changes)
  return { ...asked, attributes }
}

export const sameTopic = (one: TopicConfig | undefined, other: TopicConfig): boolean =>
  one !== undefined && canonical(one) === canonical(other)

const canonical = (config: TopicConfig): string =>
  JSON.stringify([
    config.readQueueNums,
    config.writeQueueNums,
    config.perm,
    config.topicFilterType,
    config.topicSysFlag,
    config.order,
    Object.entries(config.attributes).sort(([a], [b]) => (a < b ? -1 : 1))
  ])
