/** The topics that a fresh broker has, as Apache 5.5.0 registers them. Java: TopicConfigManager.init. */
import type { TopicConfig } from '../../protocol/bodies/topic-config.ts'
import { permissions } from '../../protocol/permissions.ts'
import { systemTopics } from '../../protocol/topic-names.ts'
import type { BrokerOptions } from '../options.ts'

const { INHERIT, READ, WRITE } = permissions

/** Java: the defaults of TopicConfig. */
export const topicDefaults = {
  readQueueNums: 16,
  writeQueueNums: 16,
  perm: READ | WRITE,
  topicFilterType: 'SINGLE_TAG',
  topicSysFlag: 0,
  order: false,
  attributes: {}
} as const satisfies Omit<TopicConfig, 'topicName'>

const topic = (topicName: string, queueNums: number, perm: number = READ | WRITE): TopicConfig => ({
  topicName,
  ...topicDefaults,
  readQueueNums: queueNums,
  writeQueueNums: queueNums,
  perm
})

type Settings = Pick<
  BrokerOptions,
  | 'autoCreateTopicEnable'
  | 'brokerClusterName'
  | 'brokerName'
  | 'brokerTopicEnable'
  | 'clusterTopicEnable'
  | 'defaultTopicQueueNums'
  | 'msgTraceTopicName'
  | 'reviveQueueNum'
  | 'traceTopicEnable'
>

export const initialTopics = (options: Settings): TopicConfig[] => {
  const open = (enabled: boolean): number => (enabled ? INHERIT | READ | WRITE : INHERIT)
  const { brokerClusterName, brokerName, defaultTopicQueueNums } = options
  return [
    topic(systemTopics.selfTest, 1),
    ...(options.autoCreateTopicEnable ? [topic(systemTopics.defaultTopic, defaultTopicQueueNums, open(true))] : []),
    topic(systemTopics.benchmark, 1024),
    topic(brokerClusterName, topicDefaults.writeQueueNums, open(options.clusterTopicEnable)),
    topic(brokerName, 1, open(options.brokerTopicEnable)),
    topic(systemTopics.offsetMoved, 1),
    topic(systemTopics.schedule, 18),
    ...(options.traceTopicEnable ? [topic(options.msgTraceTopicName, 1)] : []),
    topic(`${brokerClusterName}_REPLY_TOPIC`, 1),
    topic(`rmq_sys_REVIVE_LOG_${brokerClusterName}`, options.reviveQueueNum),
    topic(`rmq_sys_SYNC_BROKER_MEMBER_${brokerName}`, 1, INHERIT),
    topic(systemTopics.half, 1),
    topic(systemTopics.halfOp, 1),
    topic(systemTopics.rocksHalf, 1),
    topic(systemTopics.rocksHalfOp, 1),
    topic(systemTopics.timer, 1)
  ]
}
