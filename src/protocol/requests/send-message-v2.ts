/**
 * SEND_MESSAGE_V2 (310): SEND_MESSAGE with one-letter names.
 *
 * Sent by: Java clients by default, proxies.
 * Java: SendMessageRequestHeaderV2, SendMessageProcessor.
 *
 * - a producerGroup, b topic, c defaultTopic, d defaultTopicQueueNums, e queueId, f sysFlag, g bornTimestamp, h
 *   flag, i properties, j reconsumeTimes, k unitMode, l maxReconsumeTimes, m batch, n broker name.
 * - queueId -1: the broker picks a queue.
 * - Codes 0, 10, 11 and 12 all mean that the message is stored.
 * - The trace of Java and go clients needs MSG_REGION and TRACE_ON in the answer; no header class declares them.
 */
import { bool, int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'
import { sendMessage } from './send-message.ts'

export const sendMessageV2 = request({
  name: 'SEND_MESSAGE_V2',
  code: 310,
  access: { action: 'PUB', topic: 'b' },
  header: {
    a: text,
    b: text,
    c: text,
    d: int,
    e: int,
    f: int,
    g: long,
    h: int,
    i: optional(text),
    j: optional(int),
    k: optional(bool),
    l: optional(int),
    m: optional(bool),
    n: optional(text),
    ...inherited
  },
  reply: sendMessage.reply
})
