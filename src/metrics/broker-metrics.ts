/** A broker's metrics under the names and labels of Apache 5.x. Java: BrokerMetricsConstant, DefaultStoreMetricsConstant. */
import type { Metric, Sample } from './metrics.ts'

/** What is read of the broker; src/broker/stats/figures.ts makes it. */
export interface BrokerReading {
  readonly clusterName: string
  readonly brokerName: string
  readonly permission: number
  readonly topicCount: number
  readonly groupCount: number
  readonly heldPulls: number
  readonly connections: number
  readonly topics: readonly TopicReading[]
  readonly groups: readonly (TrafficReading & { readonly group: string })[]
  readonly sentToDeadLetters: readonly { readonly group: string; readonly messages: number }[]
  readonly lags: readonly LagReading[]
  readonly producers: readonly ConnectionReading[]
  readonly consumers: readonly ConnectionReading[]
  readonly store: StoreReading
  /** Milliseconds since 1970. */
  readonly now: number
}

interface TrafficReading {
  readonly topic: string
  readonly isSystem: boolean
  readonly isRetry: boolean
  readonly messages: number
  readonly bytes: number
}

interface TopicReading extends TrafficReading {
  /** The topic's attribute message.type, in small letters. */
  readonly messageType: string
}

interface LagReading {
  readonly group: string
  readonly topic: string
  readonly isSystem: boolean
  readonly isRetry: boolean
  readonly messages: number
}

interface ConnectionReading {
  readonly group: string
  readonly isSystem: boolean
  readonly language: string
  readonly version: string
  readonly consumeMode: string | undefined
  readonly connections: number
}

interface StoreReading {
  readonly minPhysicalOffset: number
  readonly maxPhysicalOffset: number
  readonly flushedPhysicalOffset: number
  readonly dispatchedPhysicalOffset: number
  readonly earliestStoreTimestamp: number
  readonly diskFreeBytes: number
  readonly corruptionsFound: number
}

type Labels = Sample['labels']

const metric = (name: string, type: Metric['type'], help: string, samples: readonly Sample[]): Metric => ({
  name,
  type,
  help,
  samples
})

export const brokerMetrics = (reading: BrokerReading): Metric[] => {
  const node: Labels = { cluster: reading.clusterName, node_type: 'broker', node_id: reading.brokerName }
  return [
    ...trafficMetrics(reading, node),
    ...clientMetrics(reading, node),
    ...storeMetrics(reading, node),
    ...brokerGauges(reading, node)
  ]
}

const trafficMetrics = ({ topics, groups, sentToDeadLetters }: BrokerReading, node: Labels): Metric[] => {
  const into = (value: (topic: TopicReading) => number): Sample[] =>
    topics.map(topic => ({
      labels: { ...node, topic: topic.topic, message_type: topic.messageType, is_system: topic.isSystem },
      value: value(topic)
    }))
  const outOf = (value: (group: TrafficReading) => number): Sample[] =>
    groups.map(group => ({
      labels: {
        ...node,
        topic: group.topic,
        consumer_group: group.group,
        is_retry: group.isRetry,
        is_system: group.isSystem
      },
      value: value(group)
    }))
  const dead = sentToDeadLetters.map(({ group, messages }) => ({
    labels: { ...node, consumer_group: group },
    value: messages
  }))
  return [
    metric(
      'rocketmq_messages_in_total',
      'counter',
      'Messages stored',
      into(topic => topic.messages)
    ),
    metric(
      'rocketmq_throughput_in_total',
      'counter',
      'Bytes stored',
      into(topic => topic.bytes)
    ),
    metric(
      'rocketmq_messages_out_total',
      'counter',
      'Messages delivered',
      outOf(group => group.messages)
    ),
    metric(
      'rocketmq_throughput_out_total',
      'counter',
      'Bytes delivered',
      outOf(group => group.bytes)
    ),
    metric('rocketmq_send_to_dlq_messages_total', 'counter', 'Messages sent to dead letter topics', dead)
  ]
}

/** Java's names of the ways to consume. */
const consumeModes: ReadonlyMap<string, string> = new Map([
  ['CONSUME_ACTIVELY', 'pull'],
  ['CONSUME_PASSIVELY', 'push'],
  ['CONSUME_POP', 'pop']
])

const clientMetrics = ({ lags, producers, consumers }: BrokerReading, node: Labels): Metric[] => {
  const lag = lags.map(({ group, topic, isRetry, isSystem, messages }) => ({
    labels: { ...node, topic, consumer_group: group, is_retry: isRetry, is_system: isSystem },
    value: messages
  }))
  const client = (entry: ConnectionReading): Labels => ({
    ...node,
    language: entry.language.toLowerCase(),
    version: entry.version.toLowerCase(),
    protocol_type: 'remoting'
  })
  // Java counts a producer once for each of its groups, and does not name them.
  const producing = new Map<string, Sample>()
  for (const entry of producers) {
    const key = `${entry.language}/${entry.version}`
    const value = (producing.get(key)?.value ?? 0) + entry.connections
    producing.set(key, { labels: client(entry), value })
  }
  const consuming = consumers.map(entry => ({
    labels: {
      ...client(entry),
      consumer_group: entry.group,
      consume_mode: consumeModes.get(entry.consumeMode ?? '') ?? 'unknown',
      is_system: entry.isSystem
    },
    value: entry.connections
  }))
  return [
    metric('rocketmq_consumer_lag_messages', 'gauge', 'Messages that a group has not consumed yet', lag),
    metric('rocketmq_producer_connections', 'gauge', 'Producers that are online', [...producing.values()]),
    metric('rocketmq_consumer_connections', 'gauge', 'Consumers that are online', consuming)
  ]
}

const storeMetrics = ({ store, now }: BrokerReading, node: Labels): Metric[] => {
  const labels = { ...node, storage_type: 'local', storage_medium: 'disk' }
  const one = (value: number): Sample[] => [{ labels, value }]
  const end = store.maxPhysicalOffset
  const kept = store.earliestStoreTimestamp > 0 ? Math.max(0, now - store.earliestStoreTimestamp) : 0
  return [
    metric('rocketmq_storage_size', 'gauge', 'Bytes of the commit log', one(end - store.minPhysicalOffset)),
    metric(
      'rocketmq_storage_flush_behind_bytes',
      'gauge',
      'Bytes that a power cut would cost',
      one(Math.max(0, end - store.flushedPhysicalOffset))
    ),
    metric(
      'rocketmq_storage_dispatch_behind_bytes',
      'gauge',
      'Bytes of the log that the consume queues on disk do not cover yet',
      one(Math.max(0, end - store.dispatchedPhysicalOffset))
    ),
    metric('rocketmq_storage_message_reserve_time', 'gauge', 'Age of the oldest message, ms', one(kept)),
    metric('mq_storage_disk_free_bytes', 'gauge', 'Free bytes of the disk', one(store.diskFreeBytes)),
    metric('mq_storage_corruptions_total', 'counter', 'Damaged ranges found', one(store.corruptionsFound))
  ]
}

const brokerGauges = (reading: BrokerReading, labels: Labels): Metric[] => {
  const one = (value: number): Sample[] => [{ labels, value }]
  return [
    metric('rocketmq_broker_permission', 'gauge', 'What clients may do: 2 write, 4 read', one(reading.permission)),
    metric('rocketmq_topic_number', 'gauge', 'Topics', one(reading.topicCount)),
    metric('rocketmq_consumer_group_number', 'gauge', 'Consumer groups', one(reading.groupCount)),
    metric('mq_held_pulls', 'gauge', 'Pulls that wait for a message', one(reading.heldPulls)),
    metric('mq_connections', 'gauge', 'Connections', one(reading.connections))
  ]
}
