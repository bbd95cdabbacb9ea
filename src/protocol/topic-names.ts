/**
 * Names of topics and groups: which are allowed, which have a meaning of their own.
 * Java: TopicValidator, MixAll, NamespaceUtil, KeyBuilder.
 */
export const topicLengthMax = 127
/** Topics that are made from a group's name may be longer; such messages are stored in version 2. */
export const groupTopicLengthMax = 255
export const groupLengthMax = 120

const retryPrefix = '%RETRY%'
const deadLetterPrefix = '%DLQ%'
const systemPrefix = 'rmq_sys_'

export const retryTopic = (group: string): string => retryPrefix + group
export const deadLetterTopic = (group: string): string => deadLetterPrefix + group
export const isRetryTopic = (topic: string): boolean => topic.startsWith(retryPrefix)
export const isDeadLetterTopic = (topic: string): boolean => topic.startsWith(deadLetterPrefix)
/** The group of a retry topic; undefined for other topics. */
export const groupOfRetryTopic = (topic: string): string | undefined =>
  isRetryTopic(topic) ? topic.slice(retryPrefix.length) : undefined

/** Topics with a task. TBW102 is the one whose settings an automatically created topic takes. */
export const systemTopics = {
  defaultTopic: 'TBW102',
  schedule: 'SCHEDULE_TOPIC_XXXX',
  benchmark: 'BenchmarkTest',
  selfTest: 'SELF_TEST_TOPIC',
  offsetMoved: 'OFFSET_MOVED_EVENT',
  trace: 'RMQ_SYS_TRACE_TOPIC',
  half: 'RMQ_SYS_TRANS_HALF_TOPIC',
  halfOp: 'RMQ_SYS_TRANS_OP_HALF_TOPIC',
  rocksHalf: 'RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC',
  rocksHalfOp: 'RMQ_SYS_ROCKSDB_TRANS_OP_HALF_TOPIC',
  checkMaxTime: 'TRANS_CHECK_MAX_TIME_TOPIC',
  timer: 'rmq_sys_wheel_timer',
  checkpoint: 'CHECKPOINT_TOPIC'
} as const

const systemTopicSet: ReadonlySet<string> = new Set(Object.values(systemTopics))

const notForClients: ReadonlySet<string> = new Set([
  systemTopics.schedule,
  systemTopics.half,
  systemTopics.halfOp,
  systemTopics.rocksHalf,
  systemTopics.rocksHalfOp,
  systemTopics.checkMaxTime,
  systemTopics.selfTest,
  systemTopics.offsetMoved
])

/** A topic that nobody may create, change or delete by hand. */
export const isSystemTopic = (topic: string): boolean => systemTopicSet.has(topic) || topic.startsWith(systemPrefix)

/** A topic that clients may not send to. */
export const isNotForClients = (topic: string): boolean => notForClients.has(topic)

const toolGroups: ReadonlySet<string> = new Set([
  'DEFAULT_PRODUCER',
  'DEFAULT_CONSUMER',
  'TOOLS_CONSUMER',
  'SCHEDULE_CONSUMER',
  'FILTERSRV_CONSUMER',
  '__MONITOR_CONSUMER',
  'CLIENT_INNER_PRODUCER',
  'SELF_TEST_P_GROUP',
  'SELF_TEST_C_GROUP',
  'CID_ONS-HTTP-PROXY',
  'CID_ONSAPI_PERMISSION',
  'CID_ONSAPI_OWNER',
  'CID_ONSAPI_PULL',
  'CID_RMQ_SYS_TRANS'
])

/** Groups that every fresh broker has. */
export const initialGroups = [
  'TOOLS_CONSUMER',
  'FILTERSRV_CONSUMER',
  'SELF_TEST_C_GROUP',
  'CID_ONS-HTTP-PROXY',
  'CID_ONSAPI_PULL',
  'CID_ONSAPI_PERMISSION',
  'CID_ONSAPI_OWNER',
  'CID_RMQ_SYS_TRANS'
] as const

/** A group of Apache's own tools and services. */
export const isSystemGroup = (group: string): boolean => toolGroups.has(group) || group.startsWith('CID_RMQ_SYS_')

const namePattern = /^[%|a-zA-Z0-9_-]+$/

const fault = (kind: string, name: string, lengthMax: number): string | undefined => {
  if (name.trim() === '') return `the name of the ${kind} is blank`
  if (name.length > lengthMax)
    return `the name of the ${kind} has ${name.length} characters, at most ${lengthMax} are allowed`
  if (!namePattern.test(name)) return `the name of the ${kind} has other characters than letters, digits, % | _ and -`
  return undefined
}

/** What is wrong with a topic's name, as part of a sentence; undefined when it is a good name. */
export const topicNameFault = (topic: string): string | undefined =>
  fault('topic', topic, isRetryTopic(topic) || isDeadLetterTopic(topic) ? groupTopicLengthMax : topicLengthMax)

/** What is wrong with a group's name, as part of a sentence; undefined when it is a good name. */
export const groupNameFault = (group: string): string | undefined => fault('group', group, groupLengthMax)
