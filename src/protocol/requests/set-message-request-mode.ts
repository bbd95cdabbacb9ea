/**
 * SET_MESSAGE_REQUEST_MODE (401): whether the consumers of a group that ask the broker are to pull a topic or to pop it.
 *
 * Sent by: mqadmin setConsumeMode, admin tools.
 * Java: QueryAssignmentProcessor.setMessageRequestMode.
 *
 * - Body: SetMessageRequestModeRequestBody. The group is made if groups may be. Retry topics have no mode: NO_PERMISSION (16).
 */
import { request } from './request.ts'

export const setMessageRequestMode = request({
  name: 'SET_MESSAGE_REQUEST_MODE',
  code: 401,
  access: 'admin',
  header: {},
  reply: {}
})
