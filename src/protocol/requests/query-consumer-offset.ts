/**
 * QUERY_CONSUMER_OFFSET (14): the committed offset of a group in a queue.
 *
 * Sent by: consumers at the start of a queue, admin tools.
 * Java: QueryConsumerOffsetRequestHeader, ConsumerManageProcessor.
 *
 * - No offset yet: 0 when the queue begins at 0 and offset 0 is still recent, else QUERY_NOT_FOUND (22).
 * - client-go commits -1 for queues it never read: that is no offset.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const queryConsumerOffset = request({
  name: 'QUERY_CONSUMER_OFFSET',
  code: 14,
  access: { action: 'SUB', topic: 'topic', group: 'consumerGroup' },
  header: {
    consumerGroup: text,
    topic: text,
    queueId: int,
    setZeroIfNotFound: optional(bool),
    ...inherited
  },
  reply: { offset: long }
})
