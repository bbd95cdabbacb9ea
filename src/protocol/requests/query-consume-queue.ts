/**
 * QUERY_CONSUME_QUEUE (321): the entries of a consume queue.
 *
 * Sent by: mqadmin queryCq.
 * Java: QueryConsumeQueueRequestHeader, AdminBrokerProcessor.queryConsumeQueue.
 *
 * - consumerGroup: its subscription of the topic is answered too, or that it is not online.
 * - Body of the answer: QueryConsumeQueueResponseBody. A queue without messages yet counts as one that does not exist:
 *   SYSTEM_ERROR (1).
 */
import { int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryConsumeQueue = request({
  name: 'QUERY_CONSUME_QUEUE',
  code: 321,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, queueId: int, index: long, count: int, consumerGroup: optional(text), ...inherited },
  reply: {}
})
