/** Answers QUERY_CONSUMER_OFFSET. The wire side is described in src/protocol/requests/query-consumer-offset.ts. */
import { totalmem } from 'node:os'
import { queryConsumerOffset } from '../../../protocol/requests/query-consumer-offset.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const queryConsumerOffsetRoute = ({ offsets, store }: Pick<BrokerParts, 'offsets' | 'store'>): Route =>
  route(queryConsumerOffset, ({ consumerGroup, topic, queueId, setZeroIfNotFound }) => {
    const offset = offsets.get(consumerGroup, topic, queueId)
    if (offset >= 0) return { header: { offset } }
    if (setZeroIfNotFound === false) {
      const remark = 'Not found, do not set to zero, maybe this group boot first'
      return { code: responseCodes.QUERY_NOT_FOUND, remark }
    }
    // A new group starts a young queue at its beginning, whatever it says about where to start.
    if (isYoung(store, topic, queueId)) return { header: { offset: 0 } }
    const remark = 'Not found, V3_0_6_SNAPSHOT maybe this group consumer boot first'
    return { code: responseCodes.QUERY_NOT_FOUND, remark }
  })

/** Bytes of the log that may be as good as in memory: Java asks the system whether the first message's page is. */
const logInMemoryMax = totalmem() * 0.4

/** Whether the queue still has its first message, and that one is recent, or the whole log would fit into memory. */
const isYoung = (store: BrokerParts['store'], topic: string, queueId: number): boolean => {
  if (store.minOffset(topic, queueId) > 0 || store.maxOffset(topic, queueId) <= 0) return false
  if (store.isRecent(topic, queueId, 0)) return true
  const { minPhysicalOffset, maxPhysicalOffset } = store.stats()
  return maxPhysicalOffset - minPhysicalOffset <= logInMemoryMax
}
