/**
 * Where a message with a delay level waits, and where it goes when its time has come.
 * Java: HookUtils.transformDelayLevelMessage, ScheduleMessageService.messageTimeUp.
 */
import { MqError } from '../../kit/errors.ts'
import type { StoredMessage } from '../../protocol/message.ts'
import { parseProperties, propertyNames } from '../../protocol/message-properties.ts'
import { tagsCode, tagsCodeOfBytes } from '../../protocol/tags-code.ts'
import { systemTopics } from '../../protocol/topic-names.ts'
import type { MessageDraft } from '../../store/contract.ts'
import type { DelayLevels } from './delay-levels.ts'

/** A place for a message: what of a draft a delay changes. */
export interface Target {
  readonly topic: string
  readonly queueId: number
  readonly tagsCode: number
}

/** The delay level that the properties ask for; 0 = none. Throws MQ_MESSAGE_INVALID when it is not a number. */
export const delayLevelOf = (properties: ReadonlyMap<string, string>): number => {
  const text = properties.get(propertyNames.DELAY)
  if (text === undefined) return 0
  if (!/^[+-]?\d{1,9}$/.test(text)) {
    throw new MqError('MQ_MESSAGE_INVALID', `the property DELAY is ${JSON.stringify(text.slice(0, 32))}, not a number`)
  }
  return Number(text)
}

/** The target when the properties ask for a delay: its queue of the schedule topic; the real one goes into the properties. */
export const divert = (target: Target, properties: Map<string, string>, levels: DelayLevels): Target => {
  const wanted = delayLevelOf(properties)
  if (wanted <= 0) return target
  const level = Math.min(wanted, levels.max)
  properties.set(propertyNames.DELAY, String(level))
  properties.set(propertyNames.REAL_TOPIC, target.topic)
  properties.set(propertyNames.REAL_QID, String(target.queueId))
  return {
    topic: systemTopics.schedule,
    queueId: level - 1,
    tagsCode: levels.now() + levels.delayMs(level)
  }
}

/** The message as it is delivered; undefined when it does not say where to. Its properties stay as they were stored. */
export const delivered = (message: StoredMessage): MessageDraft | undefined => {
  const properties = parseProperties(message.properties)
  const topic = properties.get(propertyNames.REAL_TOPIC)
  const queueId = Number(properties.get(propertyNames.REAL_QID) ?? Number.NaN)
  if (topic === undefined || topic === systemTopics.schedule || !Number.isInteger(queueId) || queueId < 0) {
    return undefined
  }
  return { ...message, topic, queueId, tagsCode: tagsCode(properties.get(propertyNames.TAGS)) }
}

const delayName = Buffer.from(`${propertyNames.DELAY}\u0001`)
const tagsName = Buffer.from(`${propertyNames.TAGS}\u0001`)

/**
 * What the consume queue keeps for a message, when the store rebuilds it from the log: the tag's hash, or in the
 * schedule topic the time of delivery. Give it to the store as `tagsCodeOf`.
 */
export const tagsCodeOfStored =
  (levels: DelayLevels) =>
  (topic: string, properties: Buffer, storeTimestamp: number): number => {
    if (topic === systemTopics.schedule) {
      const level = Number(valueIn(properties, delayName)?.toString('latin1') ?? 1)
      return storeTimestamp + levels.delayMs(level)
    }
    const tags = valueIn(properties, tagsName)
    return tags === undefined ? 0 : tagsCodeOfBytes(tags, 0, tags.length)
  }

/** The bytes of a property's value; of two with the same name the later one counts, as in `parseProperties`. */
const valueIn = (properties: Buffer, name: Buffer): Buffer | undefined => {
  let found: Buffer | undefined
  for (let at = 0; at < properties.length; ) {
    const next = properties.indexOf(2, at)
    const end = next < 0 ? properties.length : next
    if (end - at > name.length && name.compare(properties, at, at + name.length) === 0) {
      found = properties.subarray(at + name.length, end)
    }
    at = end + 1
  }
  return found
}
