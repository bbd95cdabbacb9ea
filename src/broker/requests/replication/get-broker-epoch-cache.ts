/** Answers GET_BROKER_EPOCH_CACHE. The wire side is described in src/protocol/requests/get-broker-epoch-cache.ts. */
import { getBrokerEpochCache } from '../../../protocol/requests/get-broker-epoch-cache.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'

/** There are no epochs without a controller. The blank at the end is Java's. */
export const getBrokerEpochCacheRoute = (): Route =>
  route(getBrokerEpochCache, () => ({
    code: responseCodes.SYSTEM_ERROR,
    remark: 'this request only for controllerMode '
  }))
