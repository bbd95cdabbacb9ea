/** What a consumer tells of itself when a broker asks (221, 307). Java: DefaultMQPushConsumerImpl.consumerRunningInfo. */
import type { ConsumerRunningInfo, HeldQueueInfo } from '../protocol/bodies/consumer-running-info.ts'
import type { ConsumerData } from '../protocol/bodies/heartbeat.ts'
import type { MessageQueue } from '../protocol/bodies/message-queue.ts'
import { ownVersion, versionName } from '../protocol/versions.ts'
import type { HeldQueue } from './held-queue.ts'
import type { OrderLocks } from './order-locks.ts'
import type { QueueSet } from './queue-set.ts'
import type { QueuePlace } from './routes.ts'

export interface ConsumerFacts {
  readonly startedMs: number
  readonly orderly: boolean
  readonly concurrency: number
  readonly namesrv: readonly string[]
}

const queueOf = ({ topic, brokerName, queueId }: QueuePlace): MessageQueue => ({ topic, brokerName, queueId })

export const offsetsOfTopic = ({ queues }: QueueSet, topic: string): ReadonlyMap<MessageQueue, number> =>
  new Map(
    [...queues.values()].filter(({ place }) => place.topic === topic).map(queue => [queueOf(queue.place), queue.done])
  )

export const runningInfo = (
  { queues }: QueueSet,
  { consumeType, subscriptionDataSet }: ConsumerData,
  facts: ConsumerFacts,
  locks: OrderLocks | undefined
): ConsumerRunningInfo => ({
  properties: new Map([
    ['PROP_NAMESERVER_ADDR', facts.namesrv.join(';')],
    ['PROP_CONSUME_TYPE', consumeType],
    ['PROP_CONSUMEORDERLY', String(facts.orderly)],
    ['PROP_THREADPOOL_CORE_SIZE', String(facts.concurrency)],
    ['PROP_CLIENT_VERSION', versionName(ownVersion)],
    ['PROP_CONSUMER_START_TIMESTAMP', String(facts.startedMs)]
  ]),
  subscriptionSet: subscriptionDataSet,
  mqTable: new Map([...queues.values()].map(queue => [queueOf(queue.place), queueInfo(queue, locks)])),
  statusTable: new Map()
})

const queueInfo = (queue: HeldQueue, locks: OrderLocks | undefined): HeldQueueInfo => ({
  commitOffset: queue.committed ?? 0,
  cachedMsgMinOffset: queue.size === 0 ? 0 : queue.done,
  cachedMsgMaxOffset: queue.size === 0 ? 0 : queue.next - 1,
  cachedMsgCount: queue.size,
  cachedMsgSizeInMiB: Math.floor(queue.bytes / 1024 / 1024),
  transactionMsgMinOffset: 0,
  transactionMsgMaxOffset: 0,
  transactionMsgCount: 0,
  locked: locks?.isHeld(queue.place) ?? false,
  tryUnlockTimes: 0,
  lastLockTimestamp: 0,
  droped: queue.dropped,
  lastPullTimestamp: queue.lastPullMs,
  lastConsumeTimestamp: queue.lastConsumeMs
})
