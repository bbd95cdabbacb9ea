/**
 * What the broker adds to a message's properties, and which properties it refuses because the feature behind them is not
 * there: stored as an ordinary message, they would lose their meaning silently.
 * Java: AbstractSendMessageProcessor.buildMsgContext, HookUtils.handleScheduleMessage.
 */
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { parseProperties, propertyNames } from '../../protocol/message-properties.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { messageFlags, transactionMask } from '../../protocol/system-flags.ts'
import { delayLevelOf } from '../delay/delayed-message.ts'
import { refusal } from '../refusal.ts'
import type { SendParts } from './send-parts.ts'

/** Properties that only a broker or its features write. */
const timerNames = [
  propertyNames.TIMER_DELAY_SEC,
  propertyNames.TIMER_DELAY_MS,
  propertyNames.TIMER_DELIVER_MS
] as const

/** The properties of a send with what the broker adds to every one; POP_CK is not for clients to set. */
export const receivedProperties = (
  { identity, settings }: Pick<SendParts, 'identity' | 'settings'>,
  text: string
): Map<string, string> => {
  const properties = parseProperties(text)
  properties.set(propertyNames.MSG_REGION, identity.regionId)
  properties.set(propertyNames.TRACE_ON, String(settings.traceOn))
  properties.delete(propertyNames.POP_CK)
  return properties
}

/** Throws when the message needs a feature that this broker does not have. */
export const refuseUnsupported = (
  properties: Map<string, string>,
  sysFlag: number,
  reconsumeTimes: number,
  brokerName: string
): void => {
  const level = delayLevelOf(properties)
  const state = sysFlag & transactionMask
  // Clients before 4.6.1 left TRAN_MSG on messages that a consumer sends back to be retried.
  const retried = reconsumeTimes > 0 && level > 0
  const prepared = properties.get(propertyNames.TRAN_MSG)?.toLowerCase() === 'true' && !retried
  if (prepared || state === messageFlags.TRANSACTION_PREPARED || state === messageFlags.TRANSACTION_ROLLBACK) {
    throw refusal(
      responseCodes.NO_PERMISSION,
      `the broker ${brokerName} does not take transaction messages yet: send it without a transaction`
    )
  }
  if (level > 0) {
    for (const name of timerNames) properties.delete(name)
    return
  }
  const timer = properties.has(propertyNames.TIMER_OUT_MS) ? undefined : timerNames.find(name => properties.has(name))
  if (timer !== undefined) {
    throw refusal(
      responseCodes.SYSTEM_ERROR,
      `accurate timer messages are not enabled (timerWheelEnable is false): the message has ${timer}; use a delay level`
    )
  }
}

/** Compacted topics keep the newest message of a key, so there must be one. */
export const requireKey = (config: TopicConfig, properties: ReadonlyMap<string, string>): void => {
  const compacted = config.attributes['cleanup.policy']?.toUpperCase() === 'COMPACTION'
  if (compacted && (properties.get(propertyNames.KEYS) ?? '').trim() === '') {
    throw refusal(responseCodes.MESSAGE_ILLEGAL, `the topic ${config.topicName} is compacted: the message needs a key`)
  }
}
