/**
 * GET_COLD_DATA_FLOW_CTR_INFO (2003): limits on reads of old messages, and what was read under them.
 *
 * Sent by: mqadmin getColdDataFlowCtrInfo.
 * Java: AdminBrokerProcessor.getColdDataFlowCtrInfo, ColdDataCgCtrService.
 *
 * - Body of the answer: a JSON object of runtimeTable, configTable, cgColdReadThreshold, globalColdReadThreshold and
 *   globalAcc, which mqadmin prints in this order.
 */
import { request } from './request.ts'

export const getColdDataFlowCtrInfo = request({
  name: 'GET_COLD_DATA_FLOW_CTR_INFO',
  code: 2003,
  access: 'admin',
  header: {},
  reply: {}
})
