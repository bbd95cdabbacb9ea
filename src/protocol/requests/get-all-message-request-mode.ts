/**
 * GET_ALL_MESSAGE_REQUEST_MODE (402): what SET_MESSAGE_REQUEST_MODE has set.
 *
 * Sent by: slaves, every 10 s.
 * Java: AdminBrokerProcessor.getAllMessageRequestMode.
 *
 * - Body of the answer: MessageRequestModeSerializeWrapper.
 */
import { request } from './request.ts'

export const getAllMessageRequestMode = request({
  name: 'GET_ALL_MESSAGE_REQUEST_MODE',
  code: 402,
  access: 'inner',
  header: {},
  reply: {}
})
