/** Locks of orderly consumers. Java: LockBatchRequestBody, LockBatchResponseBody, UnlockBatchRequestBody. */
import { messageQueueShape } from './message-queue.ts'
import { flag, list, record, type ShapeOf, text } from './shape.ts'

/** Body of LOCK_BATCH_MQ and of UNLOCK_BATCH_MQ. */
export const lockBatchShape = record({
  consumerGroup: text,
  clientId: text,
  onlyThisBroker: flag,
  mqSet: list(messageQueueShape)
})
export type LockBatch = ShapeOf<typeof lockBatchShape>

/** Answer of LOCK_BATCH_MQ: the queues whose lock the client now has. */
export const lockBatchAnswerShape = record({ lockOKMQSet: list(messageQueueShape) })
export type LockBatchAnswer = ShapeOf<typeof lockBatchAnswerShape>
