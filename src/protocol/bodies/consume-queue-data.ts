/** Entries of a consume queue. Java: QueryConsumeQueueResponseBody, ConsumeQueueData. */
import { subscriptionShape } from './heartbeat.ts'
import { flag, list, maybe, record, type ShapeOf, text, whole } from './shape.ts'

export const consumeQueueDataShape = record({
  physicOffset: whole,
  /** Bytes of the stored message. */
  physicSize: whole,
  tagsCode: whole,
  extendDataJson: maybe(text),
  bitMap: maybe(text),
  /** Only said of entries with a bit map of filters. */
  eval: flag,
  msg: maybe(text)
})
export type ConsumeQueueData = ShapeOf<typeof consumeQueueDataShape>

export const consumeQueueAnswerShape = record({
  subscriptionData: maybe(subscriptionShape),
  filterData: maybe(text),
  queueData: list(consumeQueueDataShape),
  maxQueueIndex: whole,
  minQueueIndex: whole
})
export type ConsumeQueueAnswer = ShapeOf<typeof consumeQueueAnswerShape>

/** Answer of QUERY_SUBSCRIPTION_BY_CONSUMER. Java: QuerySubscriptionResponseBody. */
export const subscriptionAnswerShape = record({ subscriptionData: maybe(subscriptionShape), group: text, topic: text })
export type SubscriptionAnswer = ShapeOf<typeof subscriptionAnswerShape>
