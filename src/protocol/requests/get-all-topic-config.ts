/**
 * GET_ALL_TOPIC_CONFIG (21): all topics of a broker, or a page of them.
 *
 * Sent by: slaves, mqadmin, proxies.
 * Java: GetAllTopicConfigRequestHeader, AdminBrokerProcessor.getAllTopicConfig.
 *
 * - topicSeq is mandatory in Java, yet old peers send no header at all and Java checks none then; so it is optional
 *   here.
 * - A page other than the first with another dataVersion (JSON) starts over at 0.
 * - Body of the answer: TopicConfigAndMappingSerializeWrapper.
 */
import { int, optional, text } from '../schema.ts'
import { request } from './request.ts'

export const getAllTopicConfig = request({
  name: 'GET_ALL_TOPIC_CONFIG',
  code: 21,
  access: { action: 'LIST' },
  header: {
    topicSeq: optional(int),
    dataVersion: optional(text),
    maxTopicNum: optional(int)
  },
  reply: { totalTopicNum: optional(int) }
})
