/** What `broker consume-stats` shows of what a broker tells. */
import type { Admin } from '../admin/admin.ts'
import type { BrokerConsumeStats } from '../admin/broker-rows.ts'

export interface ConsumeStatsWish {
  /** Least messages that a queue is behind. */
  readonly lagOver: number
  /** Only ordered topics. */
  readonly order: boolean
}

/** The lag is that of the queues that are left. */
export const consumeStatsOf = async (
  admin: Admin,
  broker: string | undefined,
  { lagOver, order }: ConsumeStatsWish
): Promise<BrokerConsumeStats> => {
  const stats = await admin.brokerConsumeStats(broker)
  const ordered = order ? await orderedTopics(admin, stats.brokerName) : undefined
  const queues = stats.queues.filter(row => row.lag >= lagOver && ordered?.has(row.topic) !== false)
  return { ...stats, queues, lag: queues.reduce((sum, row) => sum + row.lag, 0) }
}

const orderedTopics = async (admin: Admin, brokerName: string): Promise<ReadonlySet<string>> => {
  const { items } = await admin.topicConfigs()
  return new Set(items.filter(row => row.brokerName === brokerName && row.order).map(row => row.topic))
}
