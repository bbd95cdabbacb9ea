/**
 * Answers CONSUMER_SEND_MSG_BACK (36). The wire side is described in src/protocol/requests/consumer-send-msg-back.ts.
 *
 * The message at the given offset is copied to the group's retry topic behind a delay level that grows with its tries,
 * or past its last try to the dead letter queue. Unlike Java's, the answer waits until the copy is stored as the flush
 * mode promises: a consumer counts the message as done when it has the answer.
 */
import type { GroupConfig } from '../../../protocol/bodies/group-config.ts'
import type { TopicConfig } from '../../../protocol/bodies/topic-config.ts'
import { decodeMessage, type StoredMessage } from '../../../protocol/message.ts'
import { offsetMessageId } from '../../../protocol/message-id.ts'
import { parseProperties, propertyNames } from '../../../protocol/message-properties.ts'
import { mayWrite } from '../../../protocol/permissions.ts'
import { consumerSendMsgBack } from '../../../protocol/requests/consumer-send-msg-back.ts'
import type { HeaderOf } from '../../../protocol/requests/request.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { topicFlags } from '../../../protocol/system-flags.ts'
import { tagsCode } from '../../../protocol/tags-code.ts'
import { retryTopic } from '../../../protocol/topic-names.ts'
import { versions } from '../../../protocol/versions.ts'
import { type Route, route } from '../../../remoting/router.ts'
import { divert } from '../../delay/delayed-message.ts'
import { refusal } from '../../refusal.ts'
import { append } from '../../send/send-append.ts'
import { propertyBytes } from '../../send/send-draft.ts'
import type { SendParts } from '../../send/send-parts.ts'
import { deadLetterConfig } from '../../send/send-retry.ts'

/** What level 0 starts at: the first retry comes after level 3, 10 s. */
const firstRetryLevel = 3

type Header = HeaderOf<typeof consumerSendMsgBack>

export const consumerSendMsgBackRoute = (parts: SendParts): Route =>
  route(consumerSendMsgBack, async (header, { command }) => {
    const group = writableGroup(parts, header.group)
    if (group.retryQueueNums <= 0) return {}
    const retry = await retryConfig(parts, group, header.unitMode ?? false)
    const message = await storedMessage(parts, header.offset)
    const triesMax = (command.version >= versions.V3_4_9 ? header.maxReconsumeTimes : undefined) ?? group.retryMaxTimes
    const deadLetter = message.reconsumeTimes >= triesMax || header.delayLevel < 0
    const config = deadLetter ? await deadLetterConfig(parts, header.group) : retry
    const queueId = deadLetter ? 0 : Math.floor(parts.random() * group.retryQueueNums)
    const properties = backProperties(message, deadLetter ? 0 : retryLevel(header, message))
    const target = divert(
      { topic: config.topicName, queueId, tagsCode: tagsCode(properties.get(propertyNames.TAGS)) },
      properties,
      parts.delayLevels
    )
    const { size } = await append(parts.store, {
      ...message,
      ...target,
      reconsumeTimes: message.reconsumeTimes + 1,
      preparedTransactionOffset: 0,
      properties: propertyBytes(properties)
    })
    parts.traffic.stored(target.topic, 1, size)
    parts.traffic.sentBack(header.group, properties.get(propertyNames.RETRY_TOPIC) ?? message.topic)
    return {}
  })

const writableGroup = ({ groups, settings, identity }: SendParts, name: string): GroupConfig => {
  const group = groups.ensure(name)
  if (group === undefined) {
    throw refusal(
      responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST,
      `the subscription group ${name} does not exist: create it first`
    )
  }
  if (!mayWrite(settings.brokerPermission)) {
    throw refusal(
      responseCodes.NO_PERMISSION,
      `the broker ${identity.brokerName} does not take messages: brokerPermission`
    )
  }
  return group
}

const retryConfig = async ({ topics }: SendParts, group: GroupConfig, unitMode: boolean): Promise<TopicConfig> => {
  const topic = retryTopic(group.groupName)
  const sysFlag = unitMode ? topicFlags.UNIT_SUB : 0
  const config = topics.get(topic) ?? (await topics.forSendBack(topic, group.retryQueueNums, 6, sysFlag))
  if (!mayWrite(config.perm)) {
    throw refusal(responseCodes.NO_PERMISSION, `the topic ${topic} does not take messages: its perm is ${config.perm}`)
  }
  return config
}

const storedMessage = async ({ store }: SendParts, offset: number): Promise<StoredMessage> => {
  const bytes = Number.isSafeInteger(offset) && offset >= 0 ? await store.messageAt(offset) : undefined
  if (bytes === undefined) {
    throw refusal(responseCodes.SYSTEM_ERROR, `no message starts at the offset ${offset} of the commit log`)
  }
  return decodeMessage(bytes)
}

const retryLevel = ({ delayLevel }: Header, { reconsumeTimes }: StoredMessage): number =>
  delayLevel === 0 ? firstRetryLevel + reconsumeTimes : delayLevel

/** The copy's properties: where the message came from first, and how long it waits. */
const backProperties = (message: StoredMessage, level: number): Map<string, string> => {
  const properties = parseProperties(message.properties)
  if (!properties.has(propertyNames.RETRY_TOPIC)) properties.set(propertyNames.RETRY_TOPIC, message.topic)
  if (!properties.has(propertyNames.ORIGIN_MESSAGE_ID)) {
    properties.set(propertyNames.ORIGIN_MESSAGE_ID, offsetMessageId(message.storeHost, message.physicalOffset))
  }
  properties.set(propertyNames.WAIT, 'false')
  properties.set(propertyNames.DELAY, String(level))
  return properties
}
