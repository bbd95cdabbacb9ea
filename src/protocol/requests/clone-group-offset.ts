/**
 * CLONE_GROUP_OFFSET (314): gives a group the offsets of another one.
 *
 * Sent by: admin tools (API cloneGroupOffset); mqadmin's command of that name uses UPDATE_CONSUMER_OFFSET.
 * Java: CloneGroupOffsetRequestHeader, AdminBrokerProcessor.cloneGroupOffset.
 *
 * - No topic: every topic that srcGroup has offsets of. (Java then clones nothing.)
 * - Unless offline is set, topics that an online srcGroup subscribes no more are passed over.
 */
import { bool, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const cloneGroupOffset = request({
  name: 'CLONE_GROUP_OFFSET',
  code: 314,
  access: { action: 'UPDATE', group: 'destGroup' },
  header: { srcGroup: text, destGroup: text, topic: optional(text), offline: optional(bool), ...inherited },
  reply: {}
})
