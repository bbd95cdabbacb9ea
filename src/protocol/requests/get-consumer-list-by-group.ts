/**
 * GET_CONSUMER_LIST_BY_GROUP (38): the client ids of a group, for the rebalance.
 *
 * Sent by: push and lite pull consumers.
 * Java: GetConsumerListByGroupRequestHeader, ConsumerManageProcessor.
 *
 * - Body of the answer: GetConsumerListByGroupResponseBody. A group without members is answered with SYSTEM_ERROR
 *   (1).
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getConsumerListByGroup = request({
  name: 'GET_CONSUMER_LIST_BY_GROUP',
  code: 38,
  access: { action: 'SUB', group: 'consumerGroup' },
  header: { consumerGroup: text, ...inherited },
  reply: {}
})
