/**
 * UPDATE_CONSUMER_OFFSET (15): commits the offset of a group in a queue.
 *
 * Sent by: consumers every 5 s (one-way, but client-go asks for an answer), admin tools.
 * Java: UpdateConsumerOffsetRequestHeader, ConsumerManageProcessor.
 */
import { int, long, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const updateConsumerOffset = request({
  name: 'UPDATE_CONSUMER_OFFSET',
  code: 15,
  access: { action: 'SUB', topic: 'topic', group: 'consumerGroup' },
  header: {
    consumerGroup: text,
    topic: text,
    queueId: int,
    commitOffset: long,
    ...inherited
  },
  reply: {}
})
