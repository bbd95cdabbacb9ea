/**
 * GET_CONSUMER_RUNNING_INFO (307): what a consumer is doing: its settings, queues, rates, and its threads if asked for.
 *
 * Sent by: mqadmin consumerStatus and consumerProgress; brokers send it on to the client.
 * Java: GetConsumerRunningInfoRequestHeader, AdminBrokerProcessor.getConsumerRunningInfo.
 *
 * - Body of the answer: ConsumerRunningInfo, passed on as the client wrote it.
 */
import { bool, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getConsumerRunningInfo = request({
  name: 'GET_CONSUMER_RUNNING_INFO',
  code: 307,
  access: { action: 'GET', group: 'consumerGroup' },
  header: { consumerGroup: text, clientId: text, jstackEnable: optional(bool), ...inherited },
  reply: {}
})
