/**
 * QUERY_TOPICS_BY_CONSUMER (343): the topics that a group consumes.
 *
 * Sent by: mqadmin, dashboards.
 * Java: QueryTopicsByConsumerRequestHeader.
 *
 * - Body of the answer: TopicList.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryTopicsByConsumer = request({
  name: 'QUERY_TOPICS_BY_CONSUMER',
  code: 343,
  access: { action: 'GET', group: 'group' },
  header: { group: text, ...inherited },
  reply: {}
})
