/**
 * All topics of a broker: answer of GET_ALL_TOPIC_CONFIG and part of a registration.
 * Java: TopicConfigSerializeWrapper, TopicConfigAndMappingSerializeWrapper, TopicQueueMappingInfo.
 */
import { dataVersionShape, noDataVersion } from './data-version.ts'
import { flag, maybe, or, record, type ShapeOf, text, whole } from './shape.ts'
import { numberTable, table } from './tables.ts'
import { topicConfigShape } from './topic-config.ts'

/** Where the logical queues of a static topic are. Java: TopicQueueMappingInfo. */
export const queueMappingInfoShape = record({
  topic: maybe(text),
  scope: maybe(text),
  totalQueues: whole,
  bname: maybe(text),
  epoch: whole,
  dirty: flag,
  currIdMap: numberTable(whole)
})
export type QueueMappingInfo = ShapeOf<typeof queueMappingInfoShape>

export const topicConfigWrapperShape = record({
  topicConfigTable: table(topicConfigShape),
  dataVersion: or(dataVersionShape, noDataVersion),
  topicQueueMappingInfoMap: table(queueMappingInfoShape),
  mappingDataVersion: or(dataVersionShape, noDataVersion)
})
export type TopicConfigWrapper = ShapeOf<typeof topicConfigWrapperShape>
