/** All consumer groups of a broker, or several of them. Java: SubscriptionGroupWrapper, SubscriptionGroupList. */
import { dataVersionShape, noDataVersion } from './data-version.ts'
import { groupConfigShape } from './group-config.ts'
import { list, or, record, type ShapeOf, whole } from './shape.ts'
import { table } from './tables.ts'

/** Answer of GET_ALL_SUBSCRIPTIONGROUP_CONFIG. */
export const groupConfigWrapperShape = record({
  subscriptionGroupTable: table(groupConfigShape),
  /** Topics that a group may not read: by group, then by topic, a set of bits. */
  forbiddenTable: table(table(whole)),
  dataVersion: or(dataVersionShape, noDataVersion)
})
export type GroupConfigWrapper = ShapeOf<typeof groupConfigWrapperShape>

/** Body of UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST. */
export const groupConfigListShape = record({ groupConfigList: list(groupConfigShape) })
