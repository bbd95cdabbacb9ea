/** How far a group is in its queues. Java: ConsumeStats, OffsetWrapper. */
import { messageQueueShape } from './message-queue.ts'
import { record, type ShapeOf, whole } from './shape.ts'
import { double, objectTable } from './tables.ts'

export const offsetWrapperShape = record({
  brokerOffset: whole,
  consumerOffset: whole,
  pullOffset: whole,
  /** Store time of the last consumed message, milliseconds since 1970. */
  lastTimestamp: whole
})
export type OffsetWrapper = ShapeOf<typeof offsetWrapperShape>

export const consumeStatsShape = record({
  offsetTable: objectTable(messageQueueShape, offsetWrapperShape),
  consumeTps: double
})
export type ConsumeStats = ShapeOf<typeof consumeStatsShape>
