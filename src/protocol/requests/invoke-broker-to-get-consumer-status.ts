/**
 * INVOKE_BROKER_TO_GET_CONSUMER_STATUS (223): asks the members of a group for their queues and offsets.
 *
 * Sent by: mqadmin getConsumerStatus, consoles.
 * Java: GetConsumerStatusRequestHeader, AdminBrokerProcessor.getConsumerStatus, Broker2Client.getConsumeStatus.
 *
 * - clientAddr is a client id, in spite of its name; absent or blank = every member.
 * - Body of the answer: GetConsumerStatusBody with consumerTable. Members that do not answer are left out.
 */
import { optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const invokeBrokerToGetConsumerStatus = request({
  name: 'INVOKE_BROKER_TO_GET_CONSUMER_STATUS',
  code: 223,
  access: { action: 'GET', topic: 'topic', group: 'group' },
  header: { topic: text, group: text, clientAddr: optional(text), ...inherited },
  reply: {}
})
