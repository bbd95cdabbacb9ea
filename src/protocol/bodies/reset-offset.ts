/** Offsets of queues that were or are to be set. Java: ResetOffsetBody, ResetOffsetBodyForC, GetConsumerStatusBody. */
import { messageQueueShape } from './message-queue.ts'
import { list, record, type ShapeOf, text, whole } from './shape.ts'
import { objectTable, table } from './tables.ts'

/** Answer of INVOKE_BROKER_TO_RESET_OFFSET, and body of RESET_CONSUMER_CLIENT_OFFSET. */
export const resetOffsetShape = record({ offsetTable: objectTable(messageQueueShape, whole) })
export type ResetOffset = ShapeOf<typeof resetOffsetShape>

/** The same for clients in C++, which cannot read objects as keys. */
export const resetOffsetForCppShape = record({
  offsetTable: list(record({ topic: text, brokerName: text, queueId: whole, offset: whole }))
})

/** Answer of GET_CONSUMER_STATUS_FROM_CLIENT (messageQueueTable) and of INVOKE_BROKER_TO_GET_CONSUMER_STATUS (by client). */
export const consumerStatusShape = record({
  messageQueueTable: objectTable(messageQueueShape, whole),
  consumerTable: table(objectTable(messageQueueShape, whole))
})
export type ConsumerStatus = ShapeOf<typeof consumerStatusShape>
