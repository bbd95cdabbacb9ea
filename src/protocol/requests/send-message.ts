/**
 * SEND_MESSAGE (10): stores one message, or a batch when `batch` is set.
 *
 * Sent by: client-go, ali-ons, Java clients with sendSmartMsg=false.
 * Java: SendMessageRequestHeader, SendMessageProcessor.
 *
 * - queueId -1: the broker picks a queue.
 * - Codes 0, 10, 11 and 12 all mean that the message is stored.
 * - The trace of Java and go clients needs MSG_REGION and TRACE_ON in the answer; no header class declares them.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const sendMessage = request({
  name: 'SEND_MESSAGE',
  code: 10,
  access: { action: 'PUB', topic: 'topic' },
  header: {
    producerGroup: text,
    topic: text,
    defaultTopic: text,
    defaultTopicQueueNums: int,
    queueId: int,
    sysFlag: int,
    bornTimestamp: long,
    flag: int,
    properties: optional(text),
    reconsumeTimes: optional(int),
    unitMode: optional(bool),
    batch: optional(bool),
    maxReconsumeTimes: optional(int),
    ...inherited
  },
  reply: {
    msgId: text,
    queueId: int,
    queueOffset: long,
    transactionId: optional(text),
    batchUniqId: optional(text),
    recallHandle: optional(text),
    MSG_REGION: optional(text),
    TRACE_ON: optional(text)
  }
})
