/**
 * GET_MAX_OFFSET (30): the end of a queue.
 *
 * Sent by: consumers that start at the end, admin tools.
 * Java: GetMaxOffsetRequestHeader, AdminBrokerProcessor.getMaxOffset.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getMaxOffset = request({
  name: 'GET_MAX_OFFSET',
  code: 30,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, queueId: int, committed: optional(bool), ...inherited },
  reply: { offset: long }
})
