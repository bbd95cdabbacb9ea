/**
 * GET_SYSTEM_TOPIC_LIST_FROM_BROKER (305): the topics of the system, those among them that do not exist here too.
 *
 * Sent by: mqadmin exportMetadata and exportMetrics.
 * Java: AdminBrokerProcessor.getSystemTopicListFromBroker.
 *
 * - Body of the answer: TopicList.
 */
import { request } from './request.ts'

export const getSystemTopicListFromBroker = request({
  name: 'GET_SYSTEM_TOPIC_LIST_FROM_BROKER',
  code: 305,
  access: 'admin',
  header: {},
  reply: {}
})
