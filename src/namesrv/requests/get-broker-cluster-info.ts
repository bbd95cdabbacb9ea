/** Answers GET_BROKER_CLUSTER_INFO. The wire side is described in src/protocol/requests/get-broker-cluster-info.ts. */
import { clusterInfoShape } from '../../protocol/bodies/cluster-info.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { getBrokerClusterInfo } from '../../protocol/requests/get-broker-cluster-info.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'
import { clusterInfo } from '../route-answer.ts'

export const getBrokerClusterInfoRoute = ({ routes }: Pick<NamesrvParts, 'routes'>): Route =>
  route(getBrokerClusterInfo, (_header, { peer }) => ({ body: writeBody(clusterInfoShape, clusterInfo(routes, peer)) }))
