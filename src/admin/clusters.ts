/** A whole cluster at a glance, and how long a message takes to each of its brokers. Java: ClusterSendMsgRTCommand. */

import { Producer } from '../client/producer.ts'
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { isSystemGroup } from '../protocol/topic-names.ts'
import type { ClusterDescription, LatencyRow, LatencyWish } from './broker-rows.ts'
import { listClusters } from './brokers.ts'
import { everyGroupName } from './group-configs.ts'
import { nameServers } from './name-servers.ts'
import { healthOf } from './operations.ts'
import type { Listing } from './shared-rows.ts'
import { clusterOf, type Master, masters } from './targets.ts'
import { topicConfigs } from './topics.ts'

export const describeCluster = async (session: Session, wished: string | undefined): Promise<ClusterDescription> => {
  const cluster = await clusterOf(session, wished)
  const targets = await masters(session, { cluster })
  const [all, topics, groups, servers] = await Promise.all([
    listClusters(session),
    topicConfigs(session),
    everyGroupName(session, targets),
    nameServers(session)
  ])
  const brokers = all.items.filter(row => row.cluster === cluster)
  const ofPeople = topics.items.filter(
    row => row.cluster === cluster && row.type !== 'SYSTEM' && row.type !== 'RETRY' && row.type !== 'DLQ'
  )
  const total = (of: 'inTps' | 'outTps'): number =>
    Math.round(brokers.reduce((sum, row) => sum + (row[of] ?? 0), 0) * 100) / 100
  return {
    cluster,
    ...healthOf(brokers),
    nameServers: servers.items,
    brokers,
    topics: new Set(ofPeople.map(row => row.topic)).size,
    groups: groups.items.filter(name => !isSystemGroup(name)).length,
    inTps: total('inTps'),
    outTps: total('outTps'),
    warnings: [...new Set([...all.warnings, ...topics.warnings, ...groups.warnings])]
  }
}

const countMax = 10_000
const sizeMax = 4 * 1024 * 1024

/** One message after the other to each broker; brokers are measured one at a time, so that none disturbs the other. */
export const latency = async (session: Session, wish: LatencyWish): Promise<Listing<LatencyRow>> => {
  const { count, size, cluster, brokers } = wish
  if (!Number.isInteger(count) || count < 1 || count > countMax)
    throw new MqError('MQ_USAGE', `${count} messages cannot be sent, only 1 to ${countMax}`)
  if (!Number.isInteger(size) || size < 1 || size > sizeMax)
    throw new MqError('MQ_USAGE', `a message of ${size} bytes cannot be sent, only of 1 to ${sizeMax}`)
  const producer = new Producer(session, {
    group: 'MQ_LATENCY',
    retries: 0,
    compressAboveBytes: Number.POSITIVE_INFINITY
  })
  try {
    const targets = await masters(session, { cluster, brokers })
    const items = await mapBounded(targets, target => timed(session, producer, target, wish), 1)
    return { items, warnings: [] }
  } finally {
    await producer.close()
  }
}

const timed = async (
  session: Session,
  producer: Producer,
  { cluster, brokerName }: Master,
  { count, size }: LatencyWish
): Promise<LatencyRow> => {
  const { clock } = session.settings
  const body = Buffer.alloc(size, 'a')
  const times: number[] = []
  let failed = 0
  let error: string | undefined
  for (let sent = 0; sent < count; sent++) {
    const before = clock.monotonic()
    try {
      await producer.send({ topic: brokerName, body, brokerName })
      times.push(clock.monotonic() - before)
    } catch (caught) {
      if (!(caught instanceof MqError)) throw caught
      failed++
      error ??= errorText(caught)
    }
  }
  const row = { cluster, brokerName, sent: times.length, failed, ...(error === undefined ? {} : { error }) }
  if (times.length === 0) return row
  times.sort((left, right) => left - right)
  const rounded = (ms: number): number => Math.round(ms * 1000) / 1000
  return {
    ...row,
    minMs: rounded(times[0]!),
    avgMs: rounded(times.reduce((sum, ms) => sum + ms, 0) / times.length),
    p99Ms: rounded(times[Math.ceil(times.length * 0.99) - 1]!),
    maxMs: rounded(times.at(-1)!)
  }
}
