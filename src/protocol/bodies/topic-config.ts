/** One topic as brokers keep it and NameServers hear of it. Java: TopicConfig, CreateTopicListRequestBody. */
import { flag, list, oneOf, record, type Shape, text, whole } from './shape.ts'
import { attributes } from './tables.ts'

export interface TopicConfig {
  readonly topicName: string
  readonly readQueueNums: number
  readonly writeQueueNums: number
  /** Bits of permissions.ts. */
  readonly perm: number
  readonly topicFilterType: 'SINGLE_TAG' | 'MULTI_TAG'
  readonly topicSysFlag: number
  readonly order: boolean
  readonly attributes: Readonly<Record<string, string>>
}

export const topicConfigShape: Shape<TopicConfig> = record({
  topicName: text,
  readQueueNums: whole,
  writeQueueNums: whole,
  perm: whole,
  topicFilterType: oneOf('SINGLE_TAG', 'MULTI_TAG'),
  topicSysFlag: whole,
  order: flag,
  attributes
})

/** Body of UPDATE_AND_CREATE_TOPIC_LIST. Java: CreateTopicListRequestBody. */
export const topicConfigListShape = record({ topicConfigList: list(topicConfigShape) })
