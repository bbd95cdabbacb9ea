/**
 * GET_SYSTEM_TOPIC_LIST_FROM_NS (304): names of clusters and brokers, which are topics too.
 *
 * Sent by: admin tools.
 * Java: DefaultRequestProcessor.getSystemTopicListFromNs.
 *
 * - Body of the answer: TopicList, with the address of one broker.
 */
import { request } from './request.ts'

export const getSystemTopicListFromNs = request({
  name: 'GET_SYSTEM_TOPIC_LIST_FROM_NS',
  code: 304,
  access: { action: 'LIST' },
  header: {},
  reply: {}
})
