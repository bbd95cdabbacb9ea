/** How far a group is in a queue, and which topics count as its own: behind the answers about lag. */
import type { OffsetWrapper } from '../../protocol/bodies/consume-stats.ts'
import type { BrokerParts } from '../broker-parts.ts'

/** A topic that an online group subscribes no more is not counted, whatever offsets are left of it. */
export const isConsumed = ({ consumers }: Pick<BrokerParts, 'consumers'>, group: string, topic: string): boolean => {
  const subscriptions = consumers.get(group)?.subscriptions
  return subscriptions === undefined || subscriptions.size === 0 || subscriptions.has(topic)
}

export const progressIn = async (
  { offsets, store }: Pick<BrokerParts, 'offsets' | 'store'>,
  group: string,
  topic: string,
  queueId: number
): Promise<OffsetWrapper> => {
  const brokerOffset = Math.max(0, store.maxOffset(topic, queueId))
  const consumerOffset = Math.max(0, offsets.get(group, topic, queueId))
  const last = consumerOffset > 0 ? await store.storeTimeAt(topic, queueId, consumerOffset - 1) : undefined
  return { brokerOffset, consumerOffset, pullOffset: consumerOffset, lastTimestamp: last ?? 0 }
}
