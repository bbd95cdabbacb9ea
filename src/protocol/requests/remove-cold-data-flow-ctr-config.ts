/**
 * REMOVE_COLD_DATA_FLOW_CTR_CONFIG (2002): takes back what UPDATE_COLD_DATA_FLOW_CTR_CONFIG has set for a group.
 *
 * Sent by: mqadmin removeColdDataFlowCtrGroupConfig.
 * Java: AdminBrokerProcessor.removeColdDataFlowCtrGroupConfig.
 *
 * - Body: the group's name.
 */
import { request } from './request.ts'

export const removeColdDataFlowCtrConfig = request({
  name: 'REMOVE_COLD_DATA_FLOW_CTR_CONFIG',
  code: 2002,
  access: 'admin',
  header: {},
  reply: {}
})
