/** Answers UPDATE_AND_CREATE_SUBSCRIPTIONGROUP. The wire side is described in src/protocol/requests/update-and-create-subscriptiongroup.ts. */
import { groupConfigShape } from '../../../protocol/bodies/group-config.ts'
import { readBody } from '../../../protocol/bodies/shape.ts'
import { updateAndCreateSubscriptiongroup } from '../../../protocol/requests/update-and-create-subscriptiongroup.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { changedGroup } from '../../groups/group-change.ts'

export const updateAndCreateSubscriptiongroupRoute = (parts: Pick<BrokerParts, 'groups'>): Route =>
  route(updateAndCreateSubscriptiongroup, async (_header, { body }) => {
    await parts.groups.put(changedGroup(parts, readBody(groupConfigShape, body)))
    return {}
  })
