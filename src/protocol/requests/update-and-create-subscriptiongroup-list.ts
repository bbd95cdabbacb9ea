/**
 * UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST (225): creates or changes several consumer groups.
 *
 * Sent by: mqadmin updateSubGroupList.
 * Java: AdminBrokerProcessor.updateAndCreateSubscriptionGroupList.
 *
 * - Body: SubscriptionGroupList.
 */
import { request } from './request.ts'

export const updateAndCreateSubscriptiongroupList = request({
  name: 'UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST',
  code: 225,
  access: { action: 'UPDATE' },
  header: {},
  reply: {}
})
