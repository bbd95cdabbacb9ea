/**
 * QUERY_TOPIC_CONSUME_BY_WHO (300): the groups that consume a topic.
 *
 * Sent by: mqadmin, dashboards.
 * Java: QueryTopicConsumeByWhoRequestHeader.
 *
 * - Body of the answer: GroupList.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryTopicConsumeByWho = request({
  name: 'QUERY_TOPIC_CONSUME_BY_WHO',
  code: 300,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, ...inherited },
  reply: {}
})
