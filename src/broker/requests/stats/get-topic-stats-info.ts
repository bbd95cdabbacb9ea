/** Answers GET_TOPIC_STATS_INFO. The wire side is described in src/protocol/requests/get-topic-stats-info.ts. */
import type { MessageQueue } from '../../../protocol/bodies/message-queue.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { type TopicOffset, topicStatsShape } from '../../../protocol/bodies/topic-stats.ts'
import { getTopicStatsInfo } from '../../../protocol/requests/get-topic-stats-info.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { queueCount } from '../../queue-range.ts'

export const getTopicStatsInfoRoute = (parts: Pick<BrokerParts, 'identity' | 'store' | 'topics' | 'traffic'>): Route =>
  route(getTopicStatsInfo, async ({ topic }) => {
    const config = parts.topics.get(topic)
    if (config === undefined) return { code: responseCodes.TOPIC_NOT_EXIST, remark: `topic[${topic}] not exist` }
    const { store, identity } = parts
    const offsetTable = new Map<MessageQueue, TopicOffset>()
    for (let queueId = 0; queueId < queueCount(config); queueId++) {
      const minOffset = Math.max(0, store.minOffset(topic, queueId))
      const maxOffset = Math.max(0, store.maxOffset(topic, queueId))
      const last = maxOffset > 0 ? await store.storeTimeAt(topic, queueId, maxOffset - 1) : 0
      // Java's value for a message that is there no more.
      const lastUpdateTimestamp = last ?? -1
      const queue = { topic, brokerName: identity.brokerName, queueId }
      offsetTable.set(queue, { minOffset, maxOffset, lastUpdateTimestamp })
    }
    return { body: writeBody(topicStatsShape, { offsetTable, topicPutTps: parts.traffic.topicRate(topic) }) }
  })
