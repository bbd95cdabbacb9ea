/**
 * BROKER_HEARTBEAT (904): a broker is alive.
 *
 * Sent by: brokers with enableSlaveActingMaster, one-way.
 * Java: BrokerHeartbeatRequestHeader.
 *
 * - The spelling heartbeatTimeoutMills is Java's.
 */
import { int, long, optional, text } from '../schema.ts'
import { request } from './request.ts'

export const brokerHeartbeat = request({
  name: 'BROKER_HEARTBEAT',
  code: 904,
  access: 'inner',
  header: {
    clusterName: text,
    brokerAddr: text,
    brokerName: text,
    brokerId: optional(long),
    epoch: optional(int),
    maxOffset: optional(long),
    confirmOffset: optional(long),
    heartbeatTimeoutMills: optional(long),
    electionPriority: optional(int)
  },
  reply: {}
})
