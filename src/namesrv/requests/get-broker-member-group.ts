/** Answers GET_BROKER_MEMBER_GROUP. The wire side is described in src/protocol/requests/get-broker-member-group.ts. */
import { brokerMemberGroupBodyShape } from '../../protocol/bodies/cluster-info.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { getBrokerMemberGroup } from '../../protocol/requests/get-broker-member-group.ts'
import { type Route, route } from '../../remoting/router.ts'
import type { NamesrvParts } from '../parts.ts'

/** Brokers compare these addresses with their own, so they are answered as registered. */
export const getBrokerMemberGroupRoute = ({ routes }: Pick<NamesrvParts, 'routes'>): Route =>
  route(getBrokerMemberGroup, ({ clusterName, brokerName }) => {
    const brokerAddrs = routes.broker(brokerName)?.brokerAddrs ?? new Map()
    const brokerMemberGroup = { cluster: clusterName, brokerName, brokerAddrs }
    return { body: writeBody(brokerMemberGroupBodyShape, { brokerMemberGroup }) }
  })
