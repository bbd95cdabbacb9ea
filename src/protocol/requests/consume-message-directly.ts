/**
 * CONSUME_MESSAGE_DIRECTLY (309): makes one consumer consume one stored message now.
 *
 * Sent by: mqadmin queryMsgById and queryMsgByUniqueKey with a client; brokers send it on with the message.
 * Java: ConsumeMessageDirectlyResultRequestHeader, AdminBrokerProcessor.consumeMessageDirectly.
 *
 * - msgId is an offset id. To the client the broker adds brokerName and the flags of topic and group, and the stored
 *   message as body.
 * - Body of the answer: ConsumeMessageDirectlyResult, passed on as the client wrote it.
 */
import { int, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const consumeMessageDirectly = request({
  name: 'CONSUME_MESSAGE_DIRECTLY',
  code: 309,
  access: { action: 'SUB', topic: 'topic', group: 'consumerGroup' },
  header: {
    consumerGroup: text,
    clientId: optional(text),
    msgId: optional(text),
    brokerName: optional(text),
    topic: optional(text),
    topicSysFlag: optional(int),
    groupSysFlag: optional(int),
    ...inherited
  },
  reply: {}
})
