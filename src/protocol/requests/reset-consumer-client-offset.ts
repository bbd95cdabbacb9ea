/**
 * RESET_CONSUMER_CLIENT_OFFSET (220): a consumer is to go on at these offsets.
 *
 * Sent by: brokers to every member of the group, one-way, when useServerSideResetOffset is off.
 * Answered by: clients (it has no answer).
 * Java: ResetOffsetRequestHeader, Broker2Client.resetOffset.
 *
 * - Body: ResetOffsetBody; for clients in C++ ResetOffsetBodyForC.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const resetConsumerClientOffset = request({
  name: 'RESET_CONSUMER_CLIENT_OFFSET',
  code: 220,
  access: 'none',
  header: {
    group: text,
    topic: text,
    queueId: optional(int),
    offset: optional(long),
    timestamp: long,
    isForce: bool,
    ...inherited
  },
  reply: {}
})
