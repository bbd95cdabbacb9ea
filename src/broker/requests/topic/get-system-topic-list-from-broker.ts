/** Answers GET_SYSTEM_TOPIC_LIST_FROM_BROKER. The wire side is described in src/protocol/requests/get-system-topic-list-from-broker.ts. */
import { topicListShape } from '../../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { getSystemTopicListFromBroker } from '../../../protocol/requests/get-system-topic-list-from-broker.ts'
import { systemTopics } from '../../../protocol/topic-names.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import { initialTopics } from '../../topics/system-topics.ts'

export const getSystemTopicListFromBrokerRoute = ({ options }: Pick<BrokerParts, 'options'>): Route =>
  route(getSystemTopicListFromBroker, () => {
    const own = initialTopics(options).map(({ topicName }) => topicName)
    const topicList = [...new Set([...own, ...Object.values(systemTopics)])]
    return { body: writeBody(topicListShape, { topicList }) }
  })
