/**
 * GET_ALL_DELAY_OFFSET (45): how far the delayed messages of each level were delivered.
 *
 * Sent by: slaves, every 10 s.
 * Java: AdminBrokerProcessor.getAllDelayOffset.
 *
 * - Body of the answer: DelayOffsetSerializeWrapper, with bare levels as keys.
 */
import { request } from './request.ts'

export const getAllDelayOffset = request({
  name: 'GET_ALL_DELAY_OFFSET',
  code: 45,
  access: 'inner',
  header: {},
  reply: {}
})
