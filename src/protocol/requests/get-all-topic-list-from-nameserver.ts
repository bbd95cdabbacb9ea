/**
 * GET_ALL_TOPIC_LIST_FROM_NAMESERVER (206): the names of all topics.
 *
 * Sent by: mqadmin topicList, client-go.
 * Java: DefaultRequestProcessor.getAllTopicListFromNameserver.
 *
 * - Body of the answer: TopicList.
 */
import { request } from './request.ts'

export const getAllTopicListFromNameserver = request({
  name: 'GET_ALL_TOPIC_LIST_FROM_NAMESERVER',
  code: 206,
  access: { action: 'LIST' },
  header: {},
  reply: {}
})
