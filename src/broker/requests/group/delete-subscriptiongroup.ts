/** Answers DELETE_SUBSCRIPTIONGROUP. The wire side is described in src/protocol/requests/delete-subscriptiongroup.ts. */
import { deleteSubscriptiongroup } from '../../../protocol/requests/delete-subscriptiongroup.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

type Parts = Pick<BrokerParts, 'coldThresholds' | 'forbidden' | 'groups' | 'offsets' | 'requestModes' | 'traffic'>

/** A group that is not there counts as deleted, as in Java. Retry and dead letter topics are the caller's to delete. */
export const deleteSubscriptiongroupRoute = (parts: Parts): Route =>
  route(deleteSubscriptiongroup, async ({ groupName, cleanOffset }) => {
    await parts.groups.delete(groupName)
    parts.traffic.deleteGroup(groupName)
    await parts.forbidden.deleteGroup(groupName)
    await parts.requestModes.deleteGroup(groupName)
    await parts.coldThresholds.write([[groupName, undefined]])
    if (cleanOffset === true) {
      parts.offsets.deleteGroup(groupName)
      await parts.offsets.flush()
    }
    return {}
  })
