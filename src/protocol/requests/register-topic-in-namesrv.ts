/**
 * REGISTER_TOPIC_IN_NAMESRV (217): adds one topic of one broker.
 *
 * Sent by: brokers with enableSingleTopicRegister.
 * Java: RegisterTopicRequestHeader.
 *
 * - Body: TopicRouteData with one queue row.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const registerTopicInNamesrv = request({
  name: 'REGISTER_TOPIC_IN_NAMESRV',
  code: 217,
  access: 'inner',
  header: { topic: text, ...inherited },
  reply: {}
})
