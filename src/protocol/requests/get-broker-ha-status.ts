/**
 * GET_BROKER_HA_STATUS (907): the state of replication.
 *
 * Sent by: mqadmin haStatus.
 * Java: AdminBrokerProcessor.getBrokerHaStatus.
 *
 * - Body of the answer: HARuntimeInfo.
 */
import { request } from './request.ts'

export const getBrokerHaStatus = request({
  name: 'GET_BROKER_HA_STATUS',
  code: 907,
  access: 'admin',
  header: {},
  reply: {}
})
