/**
 * PULL_MESSAGE (11): reads messages of one queue from an offset, or waits at the broker until one arrives.
 *
 * Sent by: push and pull consumers.
 * Java: PullMessageRequestHeader, PullMessageProcessor.
 *
 * - Bits of sysFlag: system-flags.ts. suspendTimeoutMillis counts only with SUSPEND, commitOffset only with
 *   COMMIT_OFFSET, subscription only with SUBSCRIPTION.
 * - client-go's pull consumer sends maxMsgNums 0 and needs one message.
 * - The spelling proxyFrowardClientId is Java's.
 */
import { int, long, optional, text } from '../schema.ts'
import { inherited, request } from './request.ts'

export const pullMessage = request({
  name: 'PULL_MESSAGE',
  code: 11,
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
