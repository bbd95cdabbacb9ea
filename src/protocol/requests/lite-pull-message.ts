/**
 * LITE_PULL_MESSAGE (361): PULL_MESSAGE under a switch of its own (litePullMessageEnable).
 *
 * Sent by: lite pull consumers.
 * Java: PullMessageRequestHeader, PullMessageProcessor.
 */
import { pullMessage } from './pull-message.ts'
import { request } from './request.ts'

export const litePullMessage = request({
  name: 'LITE_PULL_MESSAGE',
  code: 361,
  access: pullMessage.access,
  header: pullMessage.header,
  reply: pullMessage.reply
})
