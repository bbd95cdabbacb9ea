/** Answers QUERY_TOPICS_BY_CONSUMER. The wire side is described in src/protocol/requests/query-topics-by-consumer.ts. */
import { topicListShape } from '../../../protocol/bodies/name-lists.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { queryTopicsByConsumer } from '../../../protocol/requests/query-topics-by-consumer.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const queryTopicsByConsumerRoute = ({ identity, offsets }: Pick<BrokerParts, 'identity' | 'offsets'>): Route =>
  route(queryTopicsByConsumer, ({ group }) => {
    const { host, port } = identity.advertised
    const topicList = [...offsets.ofGroup(group).keys()]
    return { body: writeBody(topicListShape, { topicList, brokerAddr: `${host}:${port}` }) }
  })
