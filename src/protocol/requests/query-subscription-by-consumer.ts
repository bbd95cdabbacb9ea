/**
 * QUERY_SUBSCRIPTION_BY_CONSUMER (345): what a group that is online subscribes of a topic.
 *
 * Sent by: admin tools (API querySubscription).
 * Java: QuerySubscriptionByConsumerRequestHeader, AdminBrokerProcessor.querySubscriptionByConsumer.
 *
 * - Body of the answer: QuerySubscriptionResponseBody, without a subscription when there is none.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const querySubscriptionByConsumer = request({
  name: 'QUERY_SUBSCRIPTION_BY_CONSUMER',
  code: 345,
  access: { action: 'GET', group: 'group' },
  header: { group: text, topic: text, ...inherited },
  reply: {}
})
