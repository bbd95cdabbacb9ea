/**
 * GET_ALL_SUBSCRIPTIONGROUP_CONFIG (201): all consumer groups of a broker, or a page of them.
 *
 * Sent by: slaves, mqadmin.
 * Java: GetAllSubscriptionGroupRequestHeader.
 *
 * - groupSeq is mandatory in Java, yet old peers send no header at all and Java checks none then; so it is optional
 *   here.
 * - Body of the answer: SubscriptionGroupWrapper.
 */
import { int, optional, text } from '../schema.ts'
import { request } from './request.ts'

export const getAllSubscriptiongroupConfig = request({
  name: 'GET_ALL_SUBSCRIPTIONGROUP_CONFIG',
  code: 201,
  access: { action: 'LIST' },
  header: {
    groupSeq: optional(int),
    dataVersion: optional(text),
    maxGroupNum: optional(int)
  },
  reply: { totalGroupNum: optional(int) }
})
