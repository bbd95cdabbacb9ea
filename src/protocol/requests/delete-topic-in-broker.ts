/**
 * DELETE_TOPIC_IN_BROKER (215): deletes a topic on this broker.
 *
 * Sent by: mqadmin deleteTopic, client-go.
 * Java: DeleteTopicRequestHeader, AdminBrokerProcessor.deleteTopic.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const deleteTopicInBroker = request({
  name: 'DELETE_TOPIC_IN_BROKER',
  code: 215,
  access: { action: 'DELETE', topic: 'topic' },
  header: { topic: text, ...inherited },
  reply: {}
})
