/** Answers GET_MIN_OFFSET. The wire side is described in src/protocol/requests/get-min-offset.ts. */
import { getMinOffset } from '../../../protocol/requests/get-min-offset.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getMinOffsetRoute = ({ store }: Pick<BrokerParts, 'store'>): Route =>
  route(getMinOffset, ({ topic, queueId }) => ({ header: { offset: Math.max(0, store.minOffset(topic, queueId)) } }))
