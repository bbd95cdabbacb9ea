/** First and last offsets of a topic's queues. Java: TopicStatsTable, TopicOffset. */
import { messageQueueShape } from './message-queue.ts'
import { record, type ShapeOf, whole } from './shape.ts'
import { double, objectTable } from './tables.ts'

export const topicOffsetShape = record({
  minOffset: whole,
  maxOffset: whole,
  /** Store time of the last message, milliseconds since 1970; 0 when there is none. */
  lastUpdateTimestamp: whole
})
export type TopicOffset = ShapeOf<typeof topicOffsetShape>

export const topicStatsShape = record({
  offsetTable: objectTable(messageQueueShape, topicOffsetShape),
  topicPutTps: double
})
export type TopicStats = ShapeOf<typeof topicStatsShape>
