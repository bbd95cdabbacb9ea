/**
 * GET_TOPIC_STATS_INFO (202): first and last offset of every queue of a topic.
 *
 * Sent by: mqadmin topicStatus.
 * Java: GetTopicStatsInfoRequestHeader.
 *
 * - Body of the answer: TopicStatsTable, with object keys.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getTopicStatsInfo = request({
  name: 'GET_TOPIC_STATS_INFO',
  code: 202,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, ...inherited },
  reply: {}
})
