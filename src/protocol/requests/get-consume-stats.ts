/**
 * GET_CONSUME_STATS (208): offsets and lag of a group in its queues.
 *
 * Sent by: mqadmin consumerProgress.
 * Java: GetConsumeStatsRequestHeader.
 *
 * - No topic: every topic the group has offsets of. topicList is separated by semicolons.
 * - Body of the answer: ConsumeStats, with object keys.
 */
import { optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getConsumeStats = request({
  name: 'GET_CONSUME_STATS',
  code: 208,
  access: { action: 'GET', topic: 'topic', group: 'consumerGroup' },
  header: {
    consumerGroup: text,
    topic: optional(text),
    topicList: optional(text),
    ...inherited
  },
  reply: {}
})
