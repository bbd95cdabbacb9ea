/**
 * What is checked of a pull before the queue is read, in Apache's order: permissions, group, topic, queue, subscription.
 * Java: PullMessageProcessor.processRequest.
 */
import { type TagTest, tagTest } from '../../filter/tags.ts'
import { errorText } from '../../kit/errors.ts'
import type { GroupConfig } from '../../protocol/bodies/group-config.ts'
import type { Subscription } from '../../protocol/bodies/heartbeat.ts'
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { mayRead } from '../../protocol/permissions.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { pullFlags } from '../../protocol/system-flags.ts'
import { everyMessage, isTagType, subscriptionFilter } from './pull-filter.ts'
import type { PullParts } from './pull-parts.ts'
import type { PullRequest } from './pull-request.ts'

/** Why code 16 was answered. Java: ForbiddenType. */
export const forbiddenTypes = { BROKER: 1, GROUP: 2, TOPIC: 3, BROADCAST: 4, SUBSCRIPTION: 5 } as const

export interface PullRefusal {
  readonly code: number
  readonly remark: string
  readonly forbiddenType?: number
}

/** A pull that may read. */
export interface PullPlan {
  readonly group: GroupConfig
  readonly topic: TopicConfig
  readonly matches: TagTest
}

const forbidden = (forbiddenType: number, remark: string): PullRefusal => ({
  code: responseCodes.NO_PERMISSION,
  remark,
  forbiddenType
})

export const isRefusal = (outcome: PullPlan | PullRefusal): outcome is PullRefusal => 'code' in outcome

export const planPull = (parts: PullParts, request: PullRequest): PullPlan | PullRefusal => {
  const { settings, identity } = parts
  if (!mayRead(settings.brokerPermission)) {
    return forbidden(
      forbiddenTypes.BROKER,
      `the broker ${identity.brokerName} may not be pulled from: brokerPermission`
    )
  }
  if (request.lite && !settings.litePullMessageEnable) {
    return forbidden(
      forbiddenTypes.BROKER,
      `the broker ${identity.brokerName} does not serve lite pull consumers: litePullMessageEnable is false`
    )
  }
  const group = parts.groups.ensure(request.consumerGroup)
  if (group === undefined) {
    return {
      code: responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST,
      remark: `the subscription group ${request.consumerGroup.slice(0, 256)} does not exist: create it first`
    }
  }
  if (!group.consumeEnable) {
    return forbidden(forbiddenTypes.GROUP, `the subscription group ${group.groupName} may not consume: consumeEnable`)
  }
  const topic = readableTopic(parts, request)
  if ('code' in topic) return topic
  if (parts.forbidden.forbids(group.groupName, topic.topicName)) {
    const remark = `the consumer group[${group.groupName}] is forbidden for topic[${topic.topicName}]`
    return forbidden(forbiddenTypes.SUBSCRIPTION, remark)
  }
  const matches = filterOf(parts, request, group)
  return typeof matches === 'function' ? { group, topic, matches } : matches
}

const readableTopic = ({ topics }: PullParts, request: PullRequest): TopicConfig | PullRefusal => {
  const topic = topics.get(request.topic)
  if (topic === undefined) {
    return {
      code: responseCodes.TOPIC_NOT_EXIST,
      remark: `the topic ${request.topic.slice(0, 256)} does not exist: create it first`
    }
  }
  if (!mayRead(topic.perm)) {
    return forbidden(
      forbiddenTypes.TOPIC,
      `the topic ${topic.topicName} may not be pulled from: its perm is ${topic.perm}`
    )
  }
  if (request.queueId < 0 || request.queueId >= topic.readQueueNums) {
    return {
      code: responseCodes.INVALID_PARAMETER,
      remark: `the queueId ${request.queueId} is illegal: the topic ${topic.topicName} has ${topic.readQueueNums} queues to read`
    }
  }
  return topic
}

/** The filter of the request itself, or that of the group's heartbeats. */
const filterOf = (parts: PullParts, request: PullRequest, group: GroupConfig): TagTest | PullRefusal => {
  if ((request.sysFlag & pullFlags.SUBSCRIPTION) === 0) return heartbeatFilter(parts, request, group)
  if (!isTagType(request.expressionType)) {
    return request.subscription === ''
      ? unparsable('an empty expression')
      : unsupported(request.expressionType as string)
  }
  try {
    return tagTest({ subString: request.subscription }) ?? everyMessage
  } catch (error) {
    return unparsable(errorText(error))
  }
}

const heartbeatFilter = (parts: PullParts, request: PullRequest, group: GroupConfig): TagTest | PullRefusal => {
  const consumers = parts.consumers.get(request.consumerGroup)
  if (consumers === undefined) {
    return {
      code: responseCodes.SUBSCRIPTION_NOT_EXIST,
      remark: `no consumer of the group ${request.consumerGroup} is known: it must send a heartbeat first`
    }
  }
  if (!group.consumeBroadcastEnable && consumers.messageModel === 'BROADCASTING') {
    return forbidden(forbiddenTypes.BROADCAST, `the group ${group.groupName} may not consume by broadcast`)
  }
  const subscription = consumers.subscriptions.get(request.topic)
  if (subscription === undefined) {
    return {
      code: responseCodes.SUBSCRIPTION_NOT_EXIST,
      remark: `the group ${request.consumerGroup} does not subscribe to the topic ${request.topic}: do all its consumers subscribe to the same topics?`
    }
  }
  return latestFilter(request, subscription)
}

const latestFilter = (request: PullRequest, subscription: Subscription): TagTest | PullRefusal => {
  if (subscription.subVersion < request.subVersion) {
    return {
      code: responseCodes.SUBSCRIPTION_NOT_LATEST,
      remark: `the subscription of the group ${request.consumerGroup} that the broker knows is older than the consumer's`
    }
  }
  if (!isTagType(subscription.expressionType)) return unsupported(subscription.expressionType as string)
  return subscriptionFilter(subscription)
}

const unparsable = (why: string): PullRefusal => ({
  code: responseCodes.SUBSCRIPTION_PARSE_FAILED,
  remark: `the subscription cannot be parsed: ${why}`
})

/** Filters by SQL92 are not there yet; answering every message instead would be wrong. */
const unsupported = (expressionType: string): PullRefusal => ({
  code: responseCodes.SYSTEM_ERROR,
  remark: `the broker does not support filtering by ${expressionType.slice(0, 64)}`
})
