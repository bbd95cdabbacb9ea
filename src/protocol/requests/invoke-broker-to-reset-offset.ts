/**
 * INVOKE_BROKER_TO_RESET_OFFSET (222): sets the offsets of a group in the queues of a topic, whether it is online or not.
 *
 * Sent by: mqadmin resetOffsetByTime and skipAccumulatedMessage, consoles.
 * Java: ResetOffsetRequestHeader, AdminBrokerProcessor.resetOffset.
 *
 * - timestamp: the first message stored at or after it, in milliseconds since 1970; below 0 = the end of the queue.
 * - queueId below 0 or absent: all queues. With a queueId, offset (unless -1 or absent) is taken instead of the time.
 * - isForce counts only when useServerSideResetOffset is off; without it offsets then only go back.
 * - Consumers that are online hear of it by the answer PULL_OFFSET_MOVED (21) to their next pull of the queue; until then
 *   what they commit is ignored.
 * - Body of the answer: ResetOffsetBody, with object keys.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const invokeBrokerToResetOffset = request({
  name: 'INVOKE_BROKER_TO_RESET_OFFSET',
  code: 222,
  access: { action: 'UPDATE', topic: 'topic', group: 'group' },
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
