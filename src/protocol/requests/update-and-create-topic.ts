/**
 * UPDATE_AND_CREATE_TOPIC (17): creates a topic or changes it.
 *
 * Sent by: mqadmin updateTopic, producers (createTopic), client-go.
 * Java: CreateTopicRequestHeader, AdminBrokerProcessor.updateAndCreateTopic.
 *
 * - attributes: comma-separated `+name=value` to set and `-name` to remove.
 */
import { bool, int, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const updateAndCreateTopic = request({
  name: 'UPDATE_AND_CREATE_TOPIC',
  code: 17,
  access: { action: 'CREATE', topic: 'topic' },
  header: {
    topic: text,
    defaultTopic: text,
    readQueueNums: int,
    writeQueueNums: int,
    perm: int,
    topicFilterType: text,
    topicSysFlag: optional(int),
    order: bool,
    attributes: optional(text),
    force: optional(bool),
    ...inherited
  },
  reply: {}
})
