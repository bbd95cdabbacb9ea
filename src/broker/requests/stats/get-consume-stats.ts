/** Answers GET_CONSUME_STATS. The wire side is described in src/protocol/requests/get-consume-stats.ts. */
import { consumeStatsShape, type OffsetWrapper } from '../../../protocol/bodies/consume-stats.ts'
import type { MessageQueue } from '../../../protocol/bodies/message-queue.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getConsumeStats } from '../../../protocol/requests/get-consume-stats.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { isConsumed, progressIn } from '../../groups/group-progress.ts'

type Parts = Pick<BrokerParts, 'consumers' | 'identity' | 'offsets' | 'store' | 'topics' | 'traffic'>

export const getConsumeStatsRoute = (parts: Parts): Route =>
  route(getConsumeStats, async ({ consumerGroup, topic, topicList }) => {
    const offsetTable = new Map<MessageQueue, OffsetWrapper>()
    let consumeTps = 0
    for (const name of topicsOf(parts, consumerGroup, topic, topicList)) {
      const config = parts.topics.get(name)
      if (config === undefined) continue
      for (let queueId = 0; queueId < config.readQueueNums; queueId++) {
        const queue = { topic: name, brokerName: parts.identity.brokerName, queueId }
        offsetTable.set(queue, await progressIn(parts, consumerGroup, name, queueId))
      }
      consumeTps += parts.traffic.groupRate(consumerGroup, name)
    }
    return { body: writeBody(consumeStatsShape, { offsetTable, consumeTps }) }
  })

/**
 * The topics that were asked for, or those that the group has offsets of. Topics that an online group subscribes no
 * more are left out, unless a list names them.
 */
const topicsOf = (
  parts: Parts,
  group: string,
  topic: string | undefined,
  topicList: string | undefined
): ReadonlySet<string> => {
  const listed = (topicList ?? '').split(';').filter(name => name.trim() !== '')
  if (listed.length > 0) return new Set(listed)
  const asked = topic === undefined || topic.trim() === '' ? parts.offsets.ofGroup(group).keys() : [topic]
  return new Set([...asked].filter(name => isConsumed(parts, group, name)))
}
