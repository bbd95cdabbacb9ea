/**
 * GET_MIN_OFFSET (31): the first offset of a queue that can be read.
 *
 * Sent by: pull consumers, admin tools.
 * Java: GetMinOffsetRequestHeader, AdminBrokerProcessor.getMinOffset.
 */
import { int, long, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getMinOffset = request({
  name: 'GET_MIN_OFFSET',
  code: 31,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, queueId: int, ...inherited },
  reply: { offset: long }
})
