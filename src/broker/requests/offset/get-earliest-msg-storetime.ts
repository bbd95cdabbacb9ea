/** Answers GET_EARLIEST_MSG_STORETIME. The wire side is described in src/protocol/requests/get-earliest-msg-storetime.ts. */
import { getEarliestMsgStoretime } from '../../../protocol/requests/get-earliest-msg-storetime.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getEarliestMsgStoretimeRoute = ({ store }: Pick<BrokerParts, 'store'>): Route =>
  route(getEarliestMsgStoretime, async ({ topic, queueId }) => {
    const timestamp = await store.storeTimeAt(topic, queueId, store.minOffset(topic, queueId))
    return { header: { timestamp: timestamp ?? -1 } }
  })
