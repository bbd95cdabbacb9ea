/** Answers CLONE_GROUP_OFFSET. The wire side is described in src/protocol/requests/clone-group-offset.ts. */
import { cloneGroupOffset } from '../../../protocol/requests/clone-group-offset.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { isConsumed } from '../../groups/group-progress.ts'
import { refusal } from '../../refusal.ts'

type Parts = Pick<BrokerParts, 'consumers' | 'groups' | 'offsets' | 'topics'>

export const cloneGroupOffsetRoute = (parts: Parts): Route =>
  route(cloneGroupOffset, async ({ srcGroup, destGroup, topic, offline }) => {
    const { groups, offsets, topics } = parts
    if (groups.get(srcGroup) === undefined) throw noGroup(srcGroup)
    if (groups.ensure(destGroup) === undefined) throw noGroup(destGroup)
    const all = topic === undefined || topic.trim() === ''
    if (!all && topics.get(topic) === undefined)
      throw refusal(responseCodes.TOPIC_NOT_EXIST, `the topic ${topic} does not exist, so no offsets were cloned`)
    for (const [name, queues] of [...offsets.ofGroup(srcGroup)]) {
      if (!all && name !== topic) continue
      if (topics.get(name) === undefined || (offline !== true && !isConsumed(parts, srcGroup, name))) continue
      for (const [queueId, offset] of queues) {
        // What was reset before is overwritten as well.
        offsets.takeReset(destGroup, name, queueId)
        offsets.commit(destGroup, name, queueId, offset)
      }
    }
    await offsets.flush()
    return {}
  })

const noGroup = (group: string): Error =>
  refusal(responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, `the group ${group} does not exist, so no offsets were cloned`)
