/** Answers QUERY_SUBSCRIPTION_BY_CONSUMER. The wire side is described in src/protocol/requests/query-subscription-by-consumer.ts. */
import { subscriptionAnswerShape } from '../../../protocol/bodies/consume-queue-data.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { querySubscriptionByConsumer } from '../../../protocol/requests/query-subscription-by-consumer.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'

export const querySubscriptionByConsumerRoute = ({ consumers }: Pick<BrokerParts, 'consumers'>): Route =>
  route(querySubscriptionByConsumer, ({ group, topic }) => {
    const subscriptionData = consumers.get(group)?.subscriptions.get(topic)
    const known = subscriptionData === undefined ? {} : { subscriptionData }
    return { body: writeBody(subscriptionAnswerShape, { group, topic, ...known }) }
  })
