/**
 * All topics of a broker: answer of GET_ALL_TOPIC_CONFIG and part of a registration.
 * Java: TopicConfigSerializeWrapper, TopicConfigAndMappingSerializeWrapper, TopicQueueMappingInfo.
 */
import { type DataVersion, dataVersionShape, noDataVersion } from './data-version.ts'
import { flag, list, maybe, or, record, type ShapeOf, text, whole } from './shape.ts'
import { numberTable, table } from './tables.ts'
import { type TopicConfig, topicConfigShape } from './topic-config.ts'

/** Where the logical queues of a static topic are. Java: TopicQueueMappingInfo. */
const mappingFields = {
  topic: maybe(text),
  scope: maybe(text),
  totalQueues: whole,
  bname: maybe(text),
  epoch: whole,
  dirty: flag,
  currIdMap: numberTable(whole)
}
export const queueMappingInfoShape = record(mappingFields)
export type QueueMappingInfo = ShapeOf<typeof queueMappingInfoShape>

/** A part of a logical queue: offsets from logicOffset on are in one queue of one broker. Java: LogicQueueMappingItem. */
const mappingItem = record({
  gen: whole,
  queueId: whole,
  bname: maybe(text),
  logicOffset: whole,
  startOffset: whole,
  endOffset: whole,
  timeOfStart: whole,
  timeOfEnd: whole
})

/** Java: TopicQueueMappingDetail. */
const queueMappingDetailShape = record({ ...mappingFields, hostedQueues: numberTable(list(mappingItem)) })

export const topicConfigWrapperShape = record({
  topicConfigTable: table(topicConfigShape),
  dataVersion: or(dataVersionShape, noDataVersion),
  topicQueueMappingDetailMap: table(queueMappingDetailShape),
  topicQueueMappingInfoMap: table(queueMappingInfoShape),
  mappingDataVersion: or(dataVersionShape, noDataVersion)
})
export type TopicConfigWrapper = ShapeOf<typeof topicConfigWrapperShape>

/** The wrapper of topics of which none is static. */
export const plainTopics = (
  topicConfigTable: ReadonlyMap<string, TopicConfig>,
  dataVersion: DataVersion
): TopicConfigWrapper => ({
  topicConfigTable,
  dataVersion,
  topicQueueMappingDetailMap: new Map(),
  topicQueueMappingInfoMap: new Map(),
  mappingDataVersion: noDataVersion
})
