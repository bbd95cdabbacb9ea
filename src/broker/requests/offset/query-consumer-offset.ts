/** Answers QUERY_CONSUMER_OFFSET. The wire side is described in src/protocol/requests/query-consumer-offset.ts. */
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
    if (store.minOffset(topic, queueId) <= 0 && store.isRecent(topic, queueId, 0)) return { header: { offset: 0 } }
    const remark = 'Not found, V3_0_6_SNAPSHOT maybe this group consumer boot first'
    return { code: responseCodes.QUERY_NOT_FOUND, remark }
  })
