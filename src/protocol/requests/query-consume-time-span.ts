/**
 * QUERY_CONSUME_TIME_SPAN (303): store times of the first, the last and the last consumed message of each queue.
 *
 * Sent by: admin tools (API consumeTimeSpan).
 * Java: QueryConsumeTimeSpanRequestHeader, AdminBrokerProcessor.queryConsumeTimeSpan.
 *
 * - Body of the answer: QueryConsumeTimeSpanBody. Unknown topic: TOPIC_NOT_EXIST (17).
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryConsumeTimeSpan = request({
  name: 'QUERY_CONSUME_TIME_SPAN',
  code: 303,
  access: { action: 'GET', topic: 'topic', group: 'group' },
  header: { topic: text, group: text, ...inherited },
  reply: {}
})
