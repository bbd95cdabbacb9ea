/** What a consumer tells of itself, for GET_CONSUMER_RUNNING_INFO. Java: ConsumerRunningInfo, ProcessQueueInfo, ConsumeStatus. */
import { subscriptionShape } from './heartbeat.ts'
import { messageQueueShape } from './message-queue.ts'
import { flag, list, maybe, record, type ShapeOf, text, whole } from './shape.ts'
import { double, objectTable, table } from './tables.ts'

/** Times are milliseconds since 1970; "droped" is Java's spelling. */
export const heldQueueInfoShape = record({
  commitOffset: whole,
  cachedMsgMinOffset: whole,
  cachedMsgMaxOffset: whole,
  cachedMsgCount: whole,
  cachedMsgSizeInMiB: whole,
  transactionMsgMinOffset: whole,
  transactionMsgMaxOffset: whole,
  transactionMsgCount: whole,
  locked: flag,
  tryUnlockTimes: whole,
  lastLockTimestamp: whole,
  droped: flag,
  lastPullTimestamp: whole,
  lastConsumeTimestamp: whole
})
export type HeldQueueInfo = ShapeOf<typeof heldQueueInfoShape>

/** RT = mean milliseconds, TPS = messages per second. */
export const consumeStatusShape = record({
  pullRT: double,
  pullTPS: double,
  consumeRT: double,
  consumeOKTPS: double,
  consumeFailedTPS: double,
  consumeFailedMsgs: whole
})

export const consumerRunningInfoShape = record({
  properties: table(text),
  subscriptionSet: list(subscriptionShape),
  mqTable: objectTable(messageQueueShape, heldQueueInfoShape),
  statusTable: table(consumeStatusShape),
  /** Stacks of its threads, when asked for. */
  jstack: maybe(text)
})
export type ConsumerRunningInfo = ShapeOf<typeof consumerRunningInfoShape>
