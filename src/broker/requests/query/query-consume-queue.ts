/** Answers QUERY_CONSUME_QUEUE. The wire side is described in src/protocol/requests/query-consume-queue.ts. */
import { consumeQueueAnswerShape } from '../../../protocol/bodies/consume-queue-data.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { queryConsumeQueue } from '../../../protocol/requests/query-consume-queue.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { invalid } from '../../topics/topic-change.ts'

/** Entries of one answer, about 100 bytes each. */
const entriesMax = 65_536

export const queryConsumeQueueRoute = ({ consumers, store }: Pick<BrokerParts, 'consumers' | 'store'>): Route =>
  route(queryConsumeQueue, async ({ topic, queueId, index, count, consumerGroup }) => {
    const queue = store.queue(topic, queueId)
    if (queue === undefined) return { code: responseCodes.SYSTEM_ERROR, remark: `${queueId}@${topic} is not exist!` }
    if (count > entriesMax)
      throw invalid(`${count} entries were asked for, at most ${entriesMax} are answered at once: ask for fewer`)
    const { minOffset, maxOffset } = queue
    const outside = index < minOffset || index >= maxOffset
    const entries = outside ? [] : await store.entries(topic, queueId, index, count)
    const queueData = entries.map(({ physicalOffset, size, tagsCode }) => ({
      physicOffset: physicalOffset,
      physicSize: size,
      tagsCode,
      eval: false
    }))
    const body = {
      queueData,
      maxQueueIndex: maxOffset,
      minQueueIndex: minOffset,
      ...groupPart(consumers, topic, consumerGroup)
    }
    const reply = { body: writeBody(consumeQueueAnswerShape, body) }
    return outside ? { ...reply, remark: `Index ${index} of ${queueId}@${topic} is not exist!` } : reply
  })

const groupPart = (consumers: BrokerParts['consumers'], topic: string, group: string | undefined) => {
  if (group === undefined) return {}
  const subscriptionData = consumers.get(group)?.subscriptions.get(topic)
  // Java writes the compiled SQL92 filter of the group, null for a subscription by tags.
  if (subscriptionData !== undefined) return { subscriptionData, filterData: 'null' }
  return { filterData: `${group}@${topic} is not online!` }
}
