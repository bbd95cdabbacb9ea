/** Answers GET_COLD_DATA_FLOW_CTR_INFO. The wire side is described in src/protocol/requests/get-cold-data-flow-ctr-info.ts. */
import { jsonBody } from '../../../protocol/fastjson.ts'
import { getColdDataFlowCtrInfo } from '../../../protocol/requests/get-cold-data-flow-ctr-info.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** Apache's defaults: of a group without a threshold of its own, and of all together. */
const cgColdReadThreshold = 3 * 1024 * 1024
const globalColdReadThreshold = 100 * 1024 * 1024

/** Nothing is counted, since nothing is limited. */
export const getColdDataFlowCtrInfoRoute = ({ coldThresholds }: Pick<BrokerParts, 'coldThresholds'>): Route =>
  route(getColdDataFlowCtrInfo, () => ({
    body: jsonBody(
      new Map<string, unknown>([
        ['runtimeTable', new Map()],
        ['configTable', new Map(coldThresholds.entries())],
        ['cgColdReadThreshold', cgColdReadThreshold],
        ['globalColdReadThreshold', globalColdReadThreshold],
        ['globalAcc', 0]
      ])
    )
  }))
