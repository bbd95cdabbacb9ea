/**
 * GET_EARLIEST_MSG_STORETIME (32): the store time of the first message of a queue.
 *
 * Sent by: admin tools, proxies.
 * Java: GetEarliestMsgStoretimeRequestHeader.
 */
import { int, long, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getEarliestMsgStoretime = request({
  name: 'GET_EARLIEST_MSG_STORETIME',
  code: 32,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: text, queueId: int, ...inherited },
  reply: { timestamp: long }
})
