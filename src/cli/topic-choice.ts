/** Which topics are meant, where a command is about many. */
import type { Admin } from '../admin/admin.ts'
import type { Listing } from '../admin/shared-rows.ts'
import type { TopicRow } from '../admin/topic-rows.ts'
import { MqError } from '../kit/errors.ts'

/** All topics, or those that brokers of the cluster have. Rejects with MQ_NOT_FOUND. */
export const topicsOf = async (admin: Admin, cluster: string | undefined): Promise<Listing<TopicRow>> => {
  const all = await admin.topics()
  if (cluster === undefined) return all
  const { items: processes } = await admin.clusters()
  const brokers = new Set(processes.filter(row => row.cluster === cluster).map(row => row.brokerName))
  if (brokers.size === 0) {
    const known = [...new Set(processes.map(row => row.cluster))].sort().join(', ')
    throw new MqError('MQ_NOT_FOUND', `there is no cluster ${cluster}`, { suggestions: [`there are: ${known}`] })
  }
  return { ...all, items: all.items.filter(row => row.brokers.some(name => brokers.has(name))) }
}

/** Those without a message and without a group. */
export const unusedTopics = async (admin: Admin, rows: readonly TopicRow[]): Promise<readonly TopicRow[]> => {
  if (rows.length === 0) return rows
  const { items } = await admin.topicStats(rows.map(row => row.topic))
  const unused = new Set(items.filter(row => row.messages === 0 && row.groups.length === 0).map(row => row.topic))
  return rows.filter(row => unused.has(row.topic))
}
