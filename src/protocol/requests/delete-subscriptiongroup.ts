/**
 * DELETE_SUBSCRIPTIONGROUP (207): deletes a consumer group.
 *
 * Sent by: mqadmin deleteSubGroup.
 * Java: DeleteSubscriptionGroupRequestHeader.
 */
import { bool, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const deleteSubscriptiongroup = request({
  name: 'DELETE_SUBSCRIPTIONGROUP',
  code: 207,
  access: { action: 'DELETE', group: 'groupName' },
  header: { groupName: text, cleanOffset: optional(bool), ...inherited },
  reply: {}
})
