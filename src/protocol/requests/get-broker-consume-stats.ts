/**
 * GET_BROKER_CONSUME_STATS (317): offsets and lag of every group in its queues.
 *
 * Sent by: mqadmin brokerConsumeStats.
 * Java: GetConsumeStatsInBrokerHeader, AdminBrokerProcessor.fetchAllConsumeStatsInBroker.
 *
 * - isOrder: only topics that are marked as ordered.
 * - Body of the answer: ConsumeStatsList. (Java leaves pullOffset at 0 here, and so sums up a negative totalInflightDiff.)
 */
import { bool } from '../schema.ts'
import { request } from './request.ts'

export const getBrokerConsumeStats = request({
  name: 'GET_BROKER_CONSUME_STATS',
  code: 317,
  access: 'admin',
  header: { isOrder: bool },
  reply: {}
})
