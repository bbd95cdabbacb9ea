/** Answers UPDATE_AND_GET_GROUP_FORBIDDEN. The wire side is described in src/protocol/requests/update-and-get-group-forbidden.ts. */
import { groupForbiddenShape } from '../../../protocol/bodies/group-forbidden.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { updateAndGetGroupForbidden } from '../../../protocol/requests/update-and-get-group-forbidden.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { refusal } from '../../refusal.ts'

type Parts = Pick<BrokerParts, 'forbidden' | 'groups' | 'topics'>

export const updateAndGetGroupForbiddenRoute = ({ forbidden, groups, topics }: Parts): Route =>
  route(updateAndGetGroupForbidden, async ({ group, topic, readable }) => {
    if (groups.get(group) === undefined)
      throw refusal(responseCodes.SUBSCRIPTION_GROUP_NOT_EXIST, `the group ${group} does not exist`)
    if (topics.get(topic) === undefined)
      throw refusal(responseCodes.TOPIC_NOT_EXIST, `the topic ${topic} does not exist`)
    if (readable !== undefined) {
      await forbidden.setReadable(group, topic, readable)
      await groups.touch()
    }
    return { body: writeBody(groupForbiddenShape, { group, topic, readable: !forbidden.forbids(group, topic) }) }
  })
