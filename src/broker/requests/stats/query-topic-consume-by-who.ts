/** Answers QUERY_TOPIC_CONSUME_BY_WHO. The wire side is described in src/protocol/requests/query-topic-consume-by-who.ts. */
import { groupListShape } from '../../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { queryTopicConsumeByWho } from '../../../protocol/requests/query-topic-consume-by-who.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

/** Groups that subscribe the topic now, and those that have offsets of it. */
export const queryTopicConsumeByWhoRoute = ({
  consumers,
  offsets
}: Pick<BrokerParts, 'consumers' | 'offsets'>): Route =>
  route(queryTopicConsumeByWho, ({ topic }) => {
    const groupList = [...new Set([...consumers.groupsOf(topic), ...offsets.groupsOf(topic)])]
    return { body: writeBody(groupListShape, { groupList }) }
  })
