/**
 * LITE_PULL_MESSAGE (361): PULL_MESSAGE under a switch of its own (litePullMessageEnable).
 *
 * Sent by: lite pull consumers.
 * Java: PullMessageRequestHeader, PullMessageProcessor.
 */
import { int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const litePullMessage = request({
  name: 'LITE_PULL_MESSAGE',
  code: 361,
  access: { action: 'SUB', topic: 'topic', group: 'consumerGroup' },
  header: {
    consumerGroup: text,
    topic: text,
    queueId: int,
    queueOffset: long,
    maxMsgNums: int,
    sysFlag: int,
    commitOffset: long,
    suspendTimeoutMillis: long,
    subscription: optional(text),
    subVersion: long,
    expressionType: optional(text),
    maxMsgBytes: optional(int),
    requestSource: optional(int),
    proxyFrowardClientId: optional(text),
    liteTopic: optional(text),
    ...inherited
  },
  reply: {
    suggestWhichBrokerId: long,
    nextBeginOffset: long,
    minOffset: long,
    maxOffset: long,
    offsetDelta: optional(long),
    topicSysFlag: optional(int),
    groupSysFlag: optional(int),
    forbiddenType: optional(int)
  }
})
