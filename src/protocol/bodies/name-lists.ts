/** Bodies that are a list of names. Java: TopicList, GroupList, GetConsumerListByGroupResponseBody. */
import { list, maybe, record, type ShapeOf, text } from './shape.ts'

export const topicListShape = record({ topicList: list(text), brokerAddr: maybe(text) })
export type TopicList = ShapeOf<typeof topicListShape>

export const groupListShape = record({ groupList: list(text) })
export type GroupList = ShapeOf<typeof groupListShape>

/** Answer of GET_CONSUMER_LIST_BY_GROUP. */
export const consumerIdListShape = record({ consumerIdList: list(text) })
export type ConsumerIdList = ShapeOf<typeof consumerIdListShape>
