/** Answers REMOVE_COLD_DATA_FLOW_CTR_CONFIG. The wire side is described in src/protocol/requests/remove-cold-data-flow-ctr-config.ts. */
import { removeColdDataFlowCtrConfig } from '../../../protocol/requests/remove-cold-data-flow-ctr-config.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** A group without a threshold counts as done, as in Java. */
export const removeColdDataFlowCtrConfigRoute = ({ coldThresholds }: Pick<BrokerParts, 'coldThresholds'>): Route =>
  route(removeColdDataFlowCtrConfig, async (_header, { body }) => {
    await coldThresholds.write([[body.toString('utf8'), undefined]])
    return {}
  })
