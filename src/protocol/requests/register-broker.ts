/**
 * REGISTER_BROKER (103): a broker tells its address, topics and settings.
 *
 * Sent by: brokers, every 30 s and on a topic change.
 * Java: RegisterBrokerRequestHeader.
 *
 * - Body: RegisterBrokerBody, plain JSON or deflated (bodies/register-broker-body.ts); bodyCrc32 is that of the body
 *   as sent, 0 = unchecked.
 * - A slave's answer names its master; the body of the answer is a KVTable of ordered topics.
 * - __ZONE_NAME is no field of the Java class; brokers add it by themselves.
 * - mqAdvertise is sent by brokers of mq only: where they listen, see docs/namesrv.md. Apache ignores it.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { request } from './request.ts'

export const registerBroker = request({
  name: 'REGISTER_BROKER',
  code: 103,
  access: 'inner',
  header: {
    brokerName: text,
    brokerAddr: text,
    clusterName: text,
    haServerAddr: text,
    brokerId: long,
    heartbeatTimeoutMillis: optional(long),
    enableActingMaster: optional(bool),
    compressed: optional(bool),
    bodyCrc32: optional(int),
    __ZONE_NAME: optional(text),
    mqAdvertise: optional(text)
  },
  reply: { haServerAddr: optional(text), masterAddr: optional(text) }
})
