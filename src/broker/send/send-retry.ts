/**
 * A plain send to a retry topic: a consumer whose send-back failed sends the message itself. Past its last try, or while
 * the group holds queue locks, it goes to the dead letter queue. Java: SendMessageProcessor.handleRetryAndDLQ.
 */
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { deadLetterTopic, groupOfRetryTopic } from '../../protocol/topic-names.ts'
import { refusal } from '../refusal.ts'
import type { SendParts } from './send-parts.ts'
import type { SendRequest } from './send-request.ts'

export interface RetryTarget {
  readonly config: TopicConfig
  readonly queueId: number
  readonly deadLetter: boolean
}

/** The dead letter topic of a group, made on first use. */
export const deadLetterConfig = (
  { topics }: Pick<SendParts, 'topics'>,
  group: string
): TopicConfig | Promise<TopicConfig> => {
  const topic = deadLetterTopic(group)
  return topics.get(topic) ?? topics.forSendBack(topic, 1, 6, 0)
}

export const retryOrDeadLetter = (
  parts: SendParts,
  request: SendRequest,
  config: TopicConfig,
  queueId: number
): RetryTarget | Promise<RetryTarget> => {
  const name = groupOfRetryTopic(request.topic) as string
  const group = parts.groups.ensure(name)
  if (group === undefined) {
    throw refusal(
      responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST,
      `the subscription group ${name} does not exist: create it first`
    )
  }
  const triesMax = request.maxReconsumeTimes ?? group.retryMaxTimes
  // Locks are a sign of an orderly consumer, and such a one retries in place: what it sends here has given up.
  if (request.reconsumeTimes <= triesMax && !parts.locks.anyLocked(name)) return { config, queueId, deadLetter: false }
  const found = deadLetterConfig(parts, name)
  return found instanceof Promise
    ? found.then(made => ({ config: made, queueId: 0, deadLetter: true }))
    : { config: found, queueId: 0, deadLetter: true }
}
