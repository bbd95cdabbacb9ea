/**
 * UPDATE_COLD_DATA_FLOW_CTR_CONFIG (2001): how many bytes of old messages a group may read in a while.
 *
 * Sent by: mqadmin updateColdDataFlowCtrGroupConfig.
 * Java: AdminBrokerProcessor.updateColdDataFlowCtrGroupConfig.
 *
 * - Body: properties text, `group=bytes` a line.
 * - The thresholds are kept and answered; they limit nothing, as on an Apache broker without coldDataFlowControlEnable.
 */
import { request } from './request.ts'

export const updateColdDataFlowCtrConfig = request({
  name: 'UPDATE_COLD_DATA_FLOW_CTR_CONFIG',
  code: 2001,
  access: 'admin',
  header: {},
  reply: {}
})
