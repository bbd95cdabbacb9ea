/**
 * DELETE_TOPIC_IN_NAMESRV (216): forgets the route of a topic.
 *
 * Sent by: mqadmin deleteTopic, client-go.
 * Java: DeleteTopicFromNamesrvRequestHeader.
 *
 * - With clusterName only the brokers of that cluster are forgotten.
 */
import { optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const deleteTopicInNamesrv = request({
  name: 'DELETE_TOPIC_IN_NAMESRV',
  code: 216,
  access: { action: 'DELETE', topic: 'topic' },
  header: { topic: text, clusterName: optional(text), ...inherited },
  reply: {}
})
