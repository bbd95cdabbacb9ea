/**
 * SEND_BATCH_MESSAGE (320): stores several messages of one topic; the names are those of SEND_MESSAGE_V2.
 *
 * Sent by: Java clients, client-go, proxies.
 * Java: SendMessageRequestHeaderV2, SendMessageProcessor.
 *
 * - Body: message-batch.ts. Answer: msgId is a comma-separated list, queueOffset that of the first message.
 * - queueId -1: the broker picks a queue.
 * - Codes 0, 10, 11 and 12 all mean that the message is stored.
 * - The trace of Java and go clients needs MSG_REGION and TRACE_ON in the answer; no header class declares them.
 */
import { request } from './request.ts'
import { sendMessageV2 } from './send-message-v2.ts'

export const sendBatchMessage = request({
  name: 'SEND_BATCH_MESSAGE',
  code: 320,
  access: sendMessageV2.access,
  header: sendMessageV2.header,
  reply: sendMessageV2.reply
})
