/** What a request to make or change a consumer group comes to, checked. Java: SubscriptionGroupManager. */
import type { GroupConfig } from '../../protocol/bodies/group-config.ts'
import { groupNameFault } from '../../protocol/topic-names.ts'
import type { BrokerParts } from '../broker-parts.ts'
import { alterAttributes, groupAttributes } from '../topics/attributes.ts'
import { invalid, queueNumsMax } from '../topics/topic-change.ts'

/** The group as it will be; `asked.attributes` are changes (`+name`, `-name`). Throws with the reason. */
export const changedGroup = ({ groups }: Pick<BrokerParts, 'groups'>, asked: GroupConfig): GroupConfig => {
  const { groupName, retryQueueNums, retryMaxTimes } = asked
  const fault = groupNameFault(groupName)
  if (fault !== undefined) throw invalid(fault)
  if (retryQueueNums < 0 || retryQueueNums > queueNumsMax)
    throw invalid(`the group ${groupName} would have ${retryQueueNums} retry queues, allowed are 0 to ${queueNumsMax}`)
  if (retryMaxTimes < -1) throw invalid(`the group ${groupName} cannot be retried ${retryMaxTimes} times`)
  const changes = Object.entries(asked.attributes)
  return { ...asked, attributes: alterAttributes(groupAttributes, groups.get(groupName)?.attributes, changes) }
}
