/**
 * VIEW_MESSAGE_BY_ID (33): the stored message at a physical offset.
 *
 * Sent by: clients and mqadmin (queryMsgById).
 * Java: ViewMessageRequestHeader, QueryMessageProcessor.
 *
 * - Body of the answer: the stored message.
 * - No message there: SYSTEM_ERROR (1).
 */
import { long, optional, text } from '../schema.ts'
import { request } from './request.ts'

export const viewMessageById = request({
  name: 'VIEW_MESSAGE_BY_ID',
  code: 33,
  access: { action: 'GET', topic: 'topic' },
  header: { topic: optional(text), offset: long },
  reply: {}
})
