/**
 * GET_TOPICS_BY_CLUSTER (224): the topics of one cluster.
 *
 * Sent by: admin tools.
 * Java: GetTopicsByClusterRequestHeader.
 *
 * - Body of the answer: TopicList.
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const getTopicsByCluster = request({
  name: 'GET_TOPICS_BY_CLUSTER',
  code: 224,
  access: { action: 'LIST' },
  header: { cluster: text },
  reply: {}
})
