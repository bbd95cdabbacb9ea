/** Messages that are delivered later: the wished time as a level of the brokers of the topic. */
import { remotingAdmin } from '../admin/remoting-admin.ts'
import type { OutgoingMessage } from '../client/outgoing-message.ts'
import type { Session } from '../client/session.ts'
import { isMqError } from '../kit/errors.ts'
import { delayLevelOf, usualDelayLevels } from './delay-levels.ts'

export interface DelayWish {
  /** Milliseconds. */
  readonly delay: number | undefined
  readonly level: number | undefined
}

/** The same messages with their delay level. Throws MQ_USAGE, before the first message, for a time that no level waits. */
export async function* delayed(
  session: Session,
  topic: string,
  { delay, level }: DelayWish,
  messages: AsyncIterable<OutgoingMessage>
): AsyncGenerator<OutgoingMessage> {
  const delayLevel = delay === undefined ? level : delayLevelOf(delay, await levelTable(session, topic))
  for await (const message of messages) yield delayLevel === undefined ? message : { ...message, delayLevel }
}

/** Of the first broker that the topic lies on; the usual one where it cannot be had, as before the topic is there. */
const levelTable = async (session: Session, topic: string): Promise<string> => {
  const route = await session.routes.find(topic)
  const broker = route?.brokerDatas[0]?.brokerName
  try {
    const entries = await remotingAdmin(session).brokerConfig(broker)
    return entries.find(({ key }) => key === 'messageDelayLevel')?.value ?? usualDelayLevels
  } catch (error) {
    if (!isMqError(error)) throw error
    return usualDelayLevels
  }
}
