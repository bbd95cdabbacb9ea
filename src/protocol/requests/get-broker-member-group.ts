/**
 * GET_BROKER_MEMBER_GROUP (901): the addresses of all brokers of one name.
 *
 * Sent by: brokers in acting-master mode.
 * Java: GetBrokerMemberGroupRequestHeader.
 *
 * - Body of the answer: GetBrokerMemberGroupResponseBody.
 */
import { text } from '../schema.ts'
import { request } from './request.ts'

export const getBrokerMemberGroup = request({
  name: 'GET_BROKER_MEMBER_GROUP',
  code: 901,
  access: 'inner',
  header: { clusterName: text, brokerName: text },
  reply: {}
})
