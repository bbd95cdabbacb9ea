/**
 * UPDATE_AND_GET_GROUP_FORBIDDEN (353): whether a group may read a topic; changes it when readable is there.
 *
 * Sent by: admin tools (API updateAndGetGroupReadForbidden).
 * Java: UpdateGroupForbiddenRequestHeader, AdminBrokerProcessor.updateAndGetGroupForbidden.
 *
 * - A pull that is forbidden is answered with NO_PERMISSION (16) and forbiddenType 5. (Java forgets to look when the pull
 *   brings its own subscription.)
 * - Body of the answer: GroupForbidden.
 */
import { bool, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const updateAndGetGroupForbidden = request({
  name: 'UPDATE_AND_GET_GROUP_FORBIDDEN',
  code: 353,
  access: { action: 'UPDATE', group: 'group' },
  header: { group: text, topic: text, readable: optional(bool), ...inherited },
  reply: {}
})
