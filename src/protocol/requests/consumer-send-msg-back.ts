/**
 * CONSUMER_SEND_MSG_BACK (36): a message could not be consumed: retry it later, or put it into the dead letter
 * queue.
 *
 * Sent by: push consumers, proxies.
 * Java: ConsumerSendMsgBackRequestHeader, AbstractSendMessageProcessor.
 *
 * - delayLevel 0: by the number of tries; below 0: straight to the dead letter queue.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const consumerSendMsgBack = request({
  name: 'CONSUMER_SEND_MSG_BACK',
  code: 36,
  access: { action: 'SUB', group: 'group' },
  header: {
    offset: long,
    group: text,
    delayLevel: int,
    originMsgId: optional(text),
    originTopic: optional(text),
    unitMode: optional(bool),
    maxReconsumeTimes: optional(int),
    ...inherited
  },
  reply: {}
})
