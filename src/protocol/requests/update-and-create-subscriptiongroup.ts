/**
 * UPDATE_AND_CREATE_SUBSCRIPTIONGROUP (200): creates a consumer group or changes it.
 *
 * Sent by: mqadmin updateSubGroup, proxies.
 * Java: AdminBrokerProcessor.updateAndCreateSubscriptionGroup.
 *
 * - Body: SubscriptionGroupConfig.
 */
import { request } from './request.ts'

export const updateAndCreateSubscriptiongroup = request({
  name: 'UPDATE_AND_CREATE_SUBSCRIPTIONGROUP',
  code: 200,
  access: { action: 'UPDATE' },
  header: {},
  reply: {}
})
