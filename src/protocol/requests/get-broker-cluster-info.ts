/**
 * GET_BROKER_CLUSTER_INFO (106): all clusters, their brokers and addresses.
 *
 * Sent by: mqadmin before nearly every command, brokers, dashboards.
 * Java: DefaultRequestProcessor.getBrokerClusterInfo.
 *
 * - Body of the answer: ClusterInfo, always with unquoted broker ids.
 */
import { request } from './request.ts'

export const getBrokerClusterInfo = request({
  name: 'GET_BROKER_CLUSTER_INFO',
  code: 106,
  access: { action: 'LIST' },
  header: {},
  reply: {}
})
