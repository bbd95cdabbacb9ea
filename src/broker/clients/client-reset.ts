/**
 * Offset reset the way it was before brokers could do it: every member of the group is told, and acts by itself. Only
 * when useServerSideResetOffset is off. Java: Broker2Client.resetOffset.
 */
import type { MessageQueue } from '../../protocol/bodies/message-queue.ts'
import { resetOffsetForCppShape, resetOffsetShape } from '../../protocol/bodies/reset-offset.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { languageOrdinal } from '../../protocol/languages.ts'
import type { invokeBrokerToResetOffset } from '../../protocol/requests/invoke-broker-to-reset-offset.ts'
import type { HeaderOf } from '../../protocol/requests/request.ts'
import { resetConsumerClientOffset } from '../../protocol/requests/reset-consumer-client-offset.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import type { Reply } from '../../remoting/router.ts'
import type { BrokerParts } from '../broker-parts.ts'
import { refusal } from '../refusal.ts'
import { relayVersions, tooOldRemark } from './client-relay.ts'

type Parts = Pick<BrokerParts, 'consumers' | 'identity' | 'offsets' | 'store'>
type Header = HeaderOf<typeof invokeBrokerToResetOffset>

export const tellMembersToReset = async (parts: Parts, header: Header, config: TopicConfig): Promise<Reply> => {
  const { topic, group, timestamp } = header
  const offsetTable = await targetsOf(parts, header, config)
  const members = [...(parts.consumers.get(group)?.members.values() ?? [])]
  if (members.length === 0) {
    const remark = `Consumer not online, so can not reset offset, Group: ${group} Topic: ${topic} Timestamp: ${timestamp}`
    throw refusal(responseCodes.CONSUMER_NOT_ONLINE, remark)
  }
  const old = members.find(({ version }) => version < relayVersions.V3_0_7_SNAPSHOT)
  if (old !== undefined) throw refusal(responseCodes.SYSTEM_ERROR, tooOldRemark(old.version))
  const body = writeBody(resetOffsetShape, { offsetTable })
  for (const { peer, language } of members) {
    const toldInCpp = language === cpp ? cppBody(offsetTable) : body
    peer.oneWay(resetConsumerClientOffset, { topic, group, timestamp, isForce: header.isForce }, toldInCpp)
  }
  return { body }
}

const cpp = languageOrdinal('CPP')

const cppBody = (offsets: ReadonlyMap<MessageQueue, number>): Buffer =>
  writeBody(resetOffsetForCppShape, { offsetTable: Array.from(offsets, ([queue, offset]) => ({ ...queue, offset })) })

/** Without force a queue only goes back, never over messages that the group has not seen. */
const targetsOf = async (
  { offsets, store, identity }: Parts,
  { topic, group, timestamp, isForce }: Header,
  config: TopicConfig
): Promise<ReadonlyMap<MessageQueue, number>> => {
  const targets = new Map<MessageQueue, number>()
  for (let queueId = 0; queueId < config.writeQueueNums; queueId++) {
    const now = offsets.get(group, topic, queueId)
    if (now === -1) throw refusal(responseCodes.SYSTEM_ERROR, `THe consumer group <${group}> not exist`)
    const target =
      timestamp < 0 ? store.maxOffset(topic, queueId) : await store.offsetByTime(topic, queueId, timestamp, 'LOWER')
    targets.set({ topic, brokerName: identity.brokerName, queueId }, isForce ? target : Math.min(target, now))
  }
  return targets
}
