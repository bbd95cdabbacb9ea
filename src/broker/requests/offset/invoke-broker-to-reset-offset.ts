/** Answers INVOKE_BROKER_TO_RESET_OFFSET. The wire side is described in src/protocol/requests/invoke-broker-to-reset-offset.ts. */
import type { MessageQueue } from '../../../protocol/bodies/message-queue.ts'
import { resetOffsetShape } from '../../../protocol/bodies/reset-offset.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import type { TopicConfig } from '../../../protocol/bodies/topic-config.ts'
import { invokeBrokerToResetOffset } from '../../../protocol/requests/invoke-broker-to-reset-offset.ts'
import type { HeaderOf } from '../../../protocol/requests/request.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { tellMembersToReset } from '../../clients/client-reset.ts'
import { queueCount } from '../../queue-range.ts'
import { refusal } from '../../refusal.ts'

type Parts = Pick<
  BrokerParts,
  'consumers' | 'groups' | 'identity' | 'log' | 'longPolls' | 'offsets' | 'options' | 'store' | 'topics'
>
type Header = HeaderOf<typeof invokeBrokerToResetOffset>

export const invokeBrokerToResetOffsetRoute = (parts: Parts): Route =>
  route(invokeBrokerToResetOffset, async (header, { peer }) => {
    const { topic, group } = header
    const config = parts.topics.get(topic)
    if (config === undefined) throw refusal(responseCodes.TOPIC_NOT_EXIST, `Topic ${topic} does not exist`)
    if (!parts.options.useServerSideResetOffset) return tellMembersToReset(parts, header, config)
    if (parts.groups.get(group) === undefined)
      throw refusal(responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, `Group ${group} does not exist`)
    const targets = await targetsOf(parts, header, config)
    const offsetTable = new Map<MessageQueue, number>()
    for (const [queueId, offset] of targets) {
      // Refused only when the topic was deleted while the offsets were looked for.
      if (parts.offsets.reset(group, topic, queueId, offset))
        offsetTable.set({ topic, brokerName: parts.identity.brokerName, queueId }, offset)
    }
    if (offsetTable.size === 0) throw refusal(responseCodes.SYSTEM_ERROR, 'No queues to reset.')
    await parts.offsets.flush()
    // Consumers that wait for new messages hear of it now, not when their wait is over.
    for (const queueId of targets.keys()) parts.longPolls.wakeQueue(topic, queueId)
    const by = `${peer.remote.host}:${peer.remote.port}`
    parts.log.info({ group, topic, offsets: Object.fromEntries(targets), by }, 'offsets were reset')
    return { body: writeBody(resetOffsetShape, { offsetTable }) }
  })

/** All of them, before any is set. */
const targetsOf = async (
  { store }: Parts,
  { topic, queueId = -1, offset = -1, timestamp }: Header,
  config: TopicConfig
): Promise<ReadonlyMap<number, number>> => {
  const byTime = (queue: number): Promise<number> | number =>
    timestamp < 0 ? store.maxOffset(topic, queue) : store.offsetByTime(topic, queue, timestamp, 'LOWER')
  if (queueId < 0) {
    const targets = new Map<number, number>()
    for (let queue = 0; queue < config.readQueueNums; queue++) targets.set(queue, await byTime(queue))
    return targets
  }
  if (queueId >= queueCount(config)) {
    const sentence = `the topic ${topic} has ${queueCount(config)} queues, there is no queue ${queueId}`
    throw refusal(responseCodes.INVALID_PARAMETER, sentence)
  }
  if (offset === -1) return new Map([[queueId, await byTime(queueId)]])
  const min = store.minOffset(topic, queueId)
  const max = store.maxOffset(topic, queueId)
  if (offset < min || offset > max) {
    const sentence = `Target offset ${offset} not in consume queue range [${min}-${max}]`
    throw refusal(responseCodes.SYSTEM_ERROR, sentence)
  }
  return new Map([[queueId, offset]])
}
