/** How far groups are in their queues. Java: ConsumeStats, OffsetWrapper, ConsumeStatsList. */
import { messageQueueShape } from './message-queue.ts'
import { list, maybe, record, type ShapeOf, text, whole } from './shape.ts'
import { double, objectTable, table } from './tables.ts'

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

/** Answer of GET_BROKER_CONSUME_STATS: one map a group, with an entry a topic. */
export const consumeStatsListShape = record({
  consumeStatsList: list(table(list(consumeStatsShape))),
  brokerAddr: maybe(text),
  totalDiff: whole,
  totalInflightDiff: whole
})
export type ConsumeStatsList = ShapeOf<typeof consumeStatsListShape>
