/**
 * UNREGISTER_BROKER (104): a broker says that it goes.
 *
 * Sent by: brokers at their stop.
 * Java: UnRegisterBrokerRequestHeader.
 */
import { long, text } from '../schema.ts'
import { request } from './request.ts'

export const unregisterBroker = request({
  name: 'UNREGISTER_BROKER',
  code: 104,
  access: 'inner',
  header: {
    brokerName: text,
    brokerAddr: text,
    clusterName: text,
    brokerId: long
  },
  reply: {}
})
