/**
 * GET_BROKER_RUNTIME_INFO (28): counters and states of a broker.
 *
 * Sent by: mqadmin clusterList and brokerStatus.
 * Java: AdminBrokerProcessor.getBrokerRuntimeInfo.
 *
 * - Body of the answer: KVTable; all values are text.
 */
import { request } from './request.ts'

export const getBrokerRuntimeInfo = request({
  name: 'GET_BROKER_RUNTIME_INFO',
  code: 28,
  access: 'admin',
  header: {},
  reply: {}
})
