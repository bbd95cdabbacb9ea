/** Answers GET_MAX_OFFSET. The wire side is described in src/protocol/requests/get-max-offset.ts. */
import { getMaxOffset } from '../../../protocol/requests/get-max-offset.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const getMaxOffsetRoute = ({ store }: Pick<BrokerParts, 'store'>): Route =>
  route(getMaxOffset, ({ topic, queueId }) => ({ header: { offset: Math.max(0, store.maxOffset(topic, queueId)) } }))
