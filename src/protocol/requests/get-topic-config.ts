/**
 * GET_TOPIC_CONFIG (351): one topic as this broker has it.
 *
 * Sent by: mqadmin, proxies, brokers.
 * Java: GetTopicConfigRequestHeader, AdminBrokerProcessor.getTopicConfig.
 *
 * - Body of the answer: TopicConfigAndQueueMapping, which is a TopicConfig when the topic is not static.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getTopicConfig = request({
  name: 'GET_TOPIC_CONFIG',
  code: 351,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, ...inherited },
  reply: {}
})
