/**
 * Where the queues of a topic are. Java: TopicRouteData, QueueData, BrokerData.
 *
 * Peers from 4.9.4 on, and all that ask for it, get standard JSON (`standard: true` in `writeBody`); older ones read
 * only bare broker ids.
 */
import { flag, list, maybe, record, type ShapeOf, text, whole } from './shape.ts'
import { numberTable, table } from './tables.ts'
import { queueMappingInfoShape } from './topic-config-wrapper.ts'

export const brokerDataShape = record({
  cluster: maybe(text),
  brokerName: text,
  /** Addresses by broker id; 0 = master. */
  brokerAddrs: numberTable(text),
  zoneName: maybe(text),
  enableActingMaster: flag
})
export type BrokerData = ShapeOf<typeof brokerDataShape>

export const queueDataShape = record({
  brokerName: text,
  readQueueNums: whole,
  writeQueueNums: whole,
  perm: whole,
  topicSysFlag: whole
})
export type QueueData = ShapeOf<typeof queueDataShape>

export const topicRouteDataShape = record({
  /** `broker:queues;…` of an ordered topic. */
  orderTopicConf: maybe(text),
  queueDatas: list(queueDataShape),
  brokerDatas: list(brokerDataShape),
  filterServerTable: table(list(text)),
  topicQueueMappingByBroker: maybe(table(queueMappingInfoShape))
})
export type TopicRouteData = ShapeOf<typeof topicRouteDataShape>
