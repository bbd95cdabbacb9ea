/**
 * GET_SUBSCRIPTIONGROUP_CONFIG (352): one consumer group as this broker has it.
 *
 * Sent by: mqadmin, proxies.
 * Java: GetSubscriptionGroupConfigRequestHeader.
 *
 * - Body of the answer: SubscriptionGroupConfig.
 */
import { text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const getSubscriptiongroupConfig = request({
  name: 'GET_SUBSCRIPTIONGROUP_CONFIG',
  code: 352,
  access: { action: 'GET', group: 'group' },
  header: { group: text, ...inherited },
  reply: {}
})
