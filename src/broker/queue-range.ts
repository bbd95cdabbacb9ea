/** Which queue numbers a topic has. */
import type { TopicConfig } from '../protocol/bodies/topic-config.ts'

/** Queues of a topic, for reading or writing: after one of the numbers was lowered, the other's queues still exist. */
export const queueCount = (config: TopicConfig): number => Math.max(config.readQueueNums, config.writeQueueNums)

export const hasQueue = (
  topics: { get(topic: string): TopicConfig | undefined },
  topic: string,
  queueId: number
): boolean => {
  const config = topics.get(topic)
  return config !== undefined && queueId >= 0 && queueId < queueCount(config)
}
