/**
 * CLEAN_UNUSED_TOPIC (316): removes the consume queues of topics that the broker does not have.
 *
 * Sent by: mqadmin cleanUnusedTopic.
 * Java: AdminBrokerProcessor.cleanUnusedTopic.
 */
import { request } from './request.ts'

export const cleanUnusedTopic = request({
  name: 'CLEAN_UNUSED_TOPIC',
  code: 316,
  access: 'admin',
  header: {},
  reply: {}
})
