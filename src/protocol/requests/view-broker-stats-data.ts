/**
 * VIEW_BROKER_STATS_DATA (315): one figure of a broker over the last minute, hour and day.
 *
 * Sent by: mqadmin statsAll and exportMetrics, exporters.
 * Java: ViewBrokerStatsDataRequestHeader, AdminBrokerProcessor.ViewBrokerStatsData.
 *
 * - statsName and statsKey: TOPIC_PUT_NUMS, TOPIC_PUT_SIZE by topic; GROUP_GET_NUMS, GROUP_GET_SIZE, SNDBCK_PUT_NUMS by
 *   `topic@group`; BROKER_PUT_NUMS, BROKER_GET_NUMS by cluster.
 * - Body of the answer: BrokerStatsData. A figure that nothing was counted for does not exist: SYSTEM_ERROR (1).
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const viewBrokerStatsData = request({
  name: 'VIEW_BROKER_STATS_DATA',
  code: 315,
  access: 'admin',
  header: { statsName: text, statsKey: text },
  reply: {}
})
