/**
 * GET_CONSUMER_STATUS_FROM_CLIENT (221): which queues of a topic a consumer has, and its offsets in them.
 *
 * Sent by: brokers, for INVOKE_BROKER_TO_GET_CONSUMER_STATUS.
 * Answered by: clients.
 * Java: GetConsumerStatusRequestHeader, ClientRemotingProcessor.getConsumeStatus.
 *
 * - Body of the answer: GetConsumerStatusBody with messageQueueTable.
 */
import { optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getConsumerStatusFromClient = request({
  name: 'GET_CONSUMER_STATUS_FROM_CLIENT',
  code: 221,
  access: 'none',
  header: { topic: text, group: text, clientAddr: optional(text), ...inherited },
  reply: {}
})
