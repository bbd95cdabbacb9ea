/**
 * NOTIFY_CONSUMER_IDS_CHANGED (40): the members of a group changed: rebalance now.
 *
 * Sent by: brokers to every connection of the group, one-way.
 * Answered by: clients (it has no answer).
 * Java: NotifyConsumerIdsChangedRequestHeader.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const notifyConsumerIdsChanged = request({
  name: 'NOTIFY_CONSUMER_IDS_CHANGED',
  code: 40,
  access: 'none',
  header: { consumerGroup: text, ...inherited },
  reply: {}
})
