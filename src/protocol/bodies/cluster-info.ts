/** Clusters and their brokers. Java: ClusterInfo, BrokerMemberGroup, GetBrokerMemberGroupResponseBody. */
import { list, maybe, record, type ShapeOf, text } from './shape.ts'
import { numberTable, table } from './tables.ts'
import { brokerDataShape } from './topic-route.ts'

/** Answer of GET_BROKER_CLUSTER_INFO, always with bare broker ids. */
export const clusterInfoShape = record({
  brokerAddrTable: table(brokerDataShape),
  clusterAddrTable: table(list(text))
})
export type ClusterInfo = ShapeOf<typeof clusterInfoShape>

export const brokerMemberGroupShape = record({
  cluster: maybe(text),
  brokerName: maybe(text),
  brokerAddrs: numberTable(text)
})
export type BrokerMemberGroup = ShapeOf<typeof brokerMemberGroupShape>

/** Answer of GET_BROKER_MEMBER_GROUP. */
export const brokerMemberGroupBodyShape = record({ brokerMemberGroup: maybe(brokerMemberGroupShape) })
