/**
 * UPDATE_AND_CREATE_TOPIC_LIST (18): creates or changes several topics.
 *
 * Sent by: mqadmin updateTopicList.
 * Java: CreateTopicListRequestHeader, AdminBrokerProcessor.updateAndCreateTopicList.
 *
 * - Body: CreateTopicListRequestBody.
 */
import { inherited, request } from './request.ts'

export const updateAndCreateTopicList = request({
  name: 'UPDATE_AND_CREATE_TOPIC_LIST',
  code: 18,
  access: { action: 'CREATE' },
  header: { ...inherited },
  reply: {}
})
