/** Answers GET_SUBSCRIPTIONGROUP_CONFIG. The wire side is described in src/protocol/requests/get-subscriptiongroup-config.ts. */
import { groupConfigShape } from '../../../protocol/bodies/group-config.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getSubscriptiongroupConfig } from '../../../protocol/requests/get-subscriptiongroup-config.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** Asking for a group makes it where autoCreateSubscriptionGroup allows, as in Java. */
export const getSubscriptiongroupConfigRoute = ({ groups }: Pick<BrokerParts, 'groups'>): Route =>
  route(getSubscriptiongroupConfig, ({ group }) => {
    const config = groups.ensure(group)
    if (config !== undefined) return { body: writeBody(groupConfigShape, config) }
    return { code: responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, remark: 'No group in this broker' }
  })
