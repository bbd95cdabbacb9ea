/**
 * GET_ALL_CONSUMER_OFFSET (43): the offsets of all groups.
 *
 * Sent by: slaves, every 10 s.
 * Java: AdminBrokerProcessor.getAllConsumerOffset.
 *
 * - Body of the answer: ConsumerOffsetSerializeWrapper; keys are `topic@group`, then bare queue ids. Apache also writes
 *   tables that no reader looks at; they are left out.
 */
import { request } from './request.ts'

export const getAllConsumerOffset = request({
  name: 'GET_ALL_CONSUMER_OFFSET',
  code: 43,
  access: 'inner',
  header: {},
  reply: {}
})
