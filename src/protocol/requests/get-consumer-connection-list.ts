/**
 * GET_CONSUMER_CONNECTION_LIST (203): the members and subscriptions of a consumer group.
 *
 * Sent by: mqadmin consumerConnection and consumerProgress, proxies.
 * Java: GetConsumerConnectionListRequestHeader.
 *
 * - Body of the answer: ConsumerConnection. A group without members: CONSUMER_NOT_ONLINE (206).
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getConsumerConnectionList = request({
  name: 'GET_CONSUMER_CONNECTION_LIST',
  code: 203,
  access: { action: 'GET', group: 'consumerGroup' },
  header: { consumerGroup: text, ...inherited },
  reply: {}
})
