/**
 * GET_ROUTEINFO_BY_TOPIC (105): where the queues of a topic are, and the addresses of their brokers.
 *
 * Sent by: every client and tool, every 30 s per topic.
 * Java: GetRouteInfoRequestHeader, ClientRequestProcessor.
 *
 * - Body of the answer: TopicRouteData; standard JSON for peers from 4.9.4 on or with acceptStandardJsonOnly, else
 *   unquoted broker ids.
 * - An unknown topic is answered with TOPIC_NOT_EXIST (17); clients then ask for TBW102.
 */
import { bool, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getRouteInfoByTopic = request({
  name: 'GET_ROUTEINFO_BY_TOPIC',
  code: 105,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, acceptStandardJsonOnly: optional(bool), ...inherited },
  reply: {}
})
