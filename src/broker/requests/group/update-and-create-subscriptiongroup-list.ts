/** Answers UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST. The wire side is described in src/protocol/requests/update-and-create-subscriptiongroup-list.ts. */
import { groupConfigListShape } from '../../../protocol/bodies/group-config-wrapper.ts'
import { readBody } from '../../../protocol/bodies/shape.ts'
import { updateAndCreateSubscriptiongroupList } from '../../../protocol/requests/update-and-create-subscriptiongroup-list.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { changedGroup } from '../../groups/group-change.ts'

/** All groups of the list are made or none: they are checked first and written as one batch. */
export const updateAndCreateSubscriptiongroupListRoute = (parts: Pick<BrokerParts, 'groups'>): Route =>
  route(updateAndCreateSubscriptiongroupList, async (_header, { body }) => {
    const configs = readBody(groupConfigListShape, body).groupConfigList.map(config => changedGroup(parts, config))
    if (configs.length > 0) await parts.groups.putAll(configs)
    return {}
  })
