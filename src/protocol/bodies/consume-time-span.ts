/** Store times that a group's progress lies between. Java: QueryConsumeTimeSpanBody, QueueTimeSpan. */
import { messageQueueShape } from './message-queue.ts'
import { list, record, type ShapeOf, whole } from './shape.ts'

/** Times in milliseconds since 1970, -1 for a queue without messages. */
export const queueTimeSpanShape = record({
  messageQueue: messageQueueShape,
  minTimeStamp: whole,
  maxTimeStamp: whole,
  /** Of the last consumed message; of the first one when none was consumed. */
  consumeTimeStamp: whole,
  /** How long the next message has been waiting, ms. */
  delayTime: whole
})
export type QueueTimeSpan = ShapeOf<typeof queueTimeSpanShape>

export const consumeTimeSpanShape = record({ consumeTimeSpanSet: list(queueTimeSpanShape) })
