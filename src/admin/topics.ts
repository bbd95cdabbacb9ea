/** Reading topics: all of them, one of them, where one is. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { type DataVersion, dataVersionShape } from '../protocol/bodies/data-version.ts'
import { groupListShape } from '../protocol/bodies/name-lists.ts'
import { readBody, writeBody } from '../protocol/bodies/shape.ts'
import { type TopicConfig, topicConfigShape } from '../protocol/bodies/topic-config.ts'
import { topicConfigWrapperShape } from '../protocol/bodies/topic-config-wrapper.ts'
import { topicStatsShape } from '../protocol/bodies/topic-stats.ts'
import { mayRead, mayWrite } from '../protocol/permissions.ts'
import { getAllTopicConfig } from '../protocol/requests/get-all-topic-config.ts'
import { getTopicConfig } from '../protocol/requests/get-topic-config.ts'
import { getTopicStatsInfo } from '../protocol/requests/get-topic-stats-info.ts'
import { queryTopicConsumeByWho } from '../protocol/requests/query-topic-consume-by-who.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { isDeadLetterTopic, isRetryTopic, isSystemTopic } from '../protocol/topic-names.ts'
import type { Listing } from './shared-rows.ts'
import { freshRoute } from './targets.ts'
import type {
  QueueRow,
  RouteRow,
  TopicBrokerRow,
  TopicConfigRow,
  TopicDescription,
  TopicRow,
  TopicSettings,
  TopicType
} from './topic-rows.ts'

const pageSize = 2000
const attributeOfType = 'message.type'
const replyTopicSuffix = 'REPLY_TOPIC'

export const permText = (perm: number): string => (mayRead(perm) ? 'R' : '') + (mayWrite(perm) ? 'W' : '')

/** `own` = topics that brokers make for themselves, of the name of a broker or cluster. */
export const topicType = (topic: string, config: TopicConfig | undefined, own: ReadonlySet<string>): TopicType => {
  if (isRetryTopic(topic)) return 'RETRY'
  if (isDeadLetterTopic(topic)) return 'DLQ'
  if (isSystemTopic(topic) || own.has(topic)) return 'SYSTEM'
  return config === undefined ? 'UNKNOWN' : ((config.attributes[attributeOfType] as TopicType | undefined) ?? 'NORMAL')
}

/** All topics that NameServers or brokers know, by name. A broker that does not answer costs its numbers, not the list. */
export const listTopics = async (session: Session): Promise<Listing<TopicRow>> => {
  const [names, { found, own, warnings }] = await Promise.all([session.routes.topicNames(), everyConfig(session)])
  const configs = new Map<string, { brokers: string[]; all: TopicConfig[] }>()
  for (const name of names) configs.set(name, { brokers: [], all: [] })
  for (const { brokerName, config } of found) {
    const entry = configs.get(config.topicName) ?? { brokers: [], all: [] }
    entry.brokers.push(brokerName)
    entry.all.push(config)
    configs.set(config.topicName, entry)
  }
  const items = [...configs].map(([topic, { brokers, all }]) => topicRow(topic, brokers.sort(), all, own))
  return { items: items.sort((left, right) => (left.topic < right.topic ? -1 : 1)), warnings }
}

interface EveryConfig {
  readonly found: readonly { readonly brokerName: string; readonly cluster: string; readonly config: TopicConfig }[]
  /** Names of topics that brokers make for themselves. */
  readonly own: ReadonlySet<string>
  readonly warnings: readonly string[]
}

/** Each topic on each broker. */
const everyConfig = async (session: Session): Promise<EveryConfig> => {
  const { brokerAddrTable, clusterAddrTable } = await session.routes.clusters()
  const found: { brokerName: string; cluster: string; config: TopicConfig }[] = []
  const warnings: string[] = []
  await mapBounded([...brokerAddrTable.values()], async ({ brokerName, cluster = '', brokerAddrs }) => {
    const address = brokerAddrs.get(0) ?? brokerAddrs.values().next().value
    if (address === undefined) return
    try {
      for (const config of await allConfigs(session, brokerName, address)) found.push({ brokerName, cluster, config })
    } catch (error) {
      warnings.push(`the topics of ${brokerName} are unknown: ${errorText(error)}`)
    }
  })
  const clusters = [...clusterAddrTable.keys()]
  const own = new Set([
    ...clusters,
    ...brokerAddrTable.keys(),
    ...clusters.map(cluster => `${cluster}_${replyTopicSuffix}`)
  ])
  return { found, own, warnings }
}

export const settingsOf = (config: TopicConfig): TopicSettings => ({
  readQueueNums: config.readQueueNums,
  writeQueueNums: config.writeQueueNums,
  perm: permText(config.perm),
  order: config.order,
  attributes: { ...config.attributes }
})

/** Each topic on each broker with its settings, by name. */
export const topicConfigs = async (session: Session): Promise<Listing<TopicConfigRow>> => {
  const { found, own, warnings } = await everyConfig(session)
  const items = found.map(({ brokerName, cluster, config }) => ({
    topic: config.topicName,
    type: topicType(config.topicName, config, own),
    brokerName,
    cluster,
    ...settingsOf(config)
  }))
  const order = (row: TopicConfigRow): string => `${row.topic}\n${row.brokerName}`
  return { items: items.sort((left, right) => (order(left) < order(right) ? -1 : 1)), warnings }
}

const topicRow = (
  topic: string,
  brokers: readonly string[],
  configs: readonly TopicConfig[],
  own: ReadonlySet<string>
): TopicRow => {
  const type = topicType(topic, configs[0], own)
  if (configs.length === 0) return { topic, type, brokers }
  return {
    topic,
    type,
    brokers,
    readQueueNums: configs.reduce((sum, config) => sum + config.readQueueNums, 0),
    writeQueueNums: configs.reduce((sum, config) => sum + config.writeQueueNums, 0),
    perm: [...new Set(configs.map(config => permText(config.perm)))].join(',')
  }
}

/** All topics of one broker, in pages, since a frame has a limit. */
const allConfigs = async (session: Session, brokerName: string, address: string): Promise<TopicConfig[]> => {
  const found = new Map<string, TopicConfig>()
  let version: DataVersion | undefined
  for (;;) {
    const paged = version === undefined ? {} : { dataVersion: writeBody(dataVersionShape, version).toString() }
    const { command, header } = await session.ask(
      address,
      getAllTopicConfig,
      { topicSeq: found.size, maxTopicNum: pageSize, ...paged },
      { who: brokerName, what: 'list its topics' }
    )
    const page = readBody(topicConfigWrapperShape, command.body)
    const before = found.size
    for (const [name, config] of page.topicConfigTable) found.set(name, config)
    version = page.dataVersion
    // Brokers before 5.4 give no total, and everything at once.
    if (header.totalTopicNum === undefined || found.size >= header.totalTopicNum || found.size === before) {
      return [...found.values()]
    }
  }
}

/** A topic as one broker has it, or undefined when it has none of that name. */
export const configOn = async (
  session: Session,
  brokerName: string,
  address: string,
  topic: string
): Promise<TopicConfig | undefined> => {
  const asking = { who: brokerName, what: `describe ${topic}`, accept: [responseCodes.TOPIC_NOT_EXIST] }
  const { command } = await session.ask(address, getTopicConfig, { topic }, asking)
  return command.code === 0 ? readBody(topicConfigShape, command.body) : undefined
}

export const routeRows = async (session: Session, topic: string): Promise<RouteRow[]> => {
  const route = await freshRoute(session, topic)
  const brokers = new Map(route.brokerDatas.map(broker => [broker.brokerName, broker]))
  return route.queueDatas
    .map(queue => ({
      brokerName: queue.brokerName,
      cluster: brokers.get(queue.brokerName)?.cluster ?? '',
      addresses: Object.fromEntries(brokers.get(queue.brokerName)?.brokerAddrs ?? []),
      readQueueNums: queue.readQueueNums,
      writeQueueNums: queue.writeQueueNums,
      perm: permText(queue.perm)
    }))
    .sort((left, right) => (left.brokerName < right.brokerName ? -1 : 1))
}

export const describeTopic = async (session: Session, topic: string): Promise<TopicDescription> => {
  const rows = await routeRows(session, topic)
  const warnings: string[] = []
  const brokers: TopicBrokerRow[] = []
  const queues: QueueRow[] = []
  const groups = new Set<string>()
  let first: TopicConfig | undefined
  for (const { brokerName, cluster, addresses } of rows) {
    const address = addresses['0'] ?? Object.values(addresses)[0]
    if (address === undefined) continue
    try {
      const config = await configOn(session, brokerName, address, topic)
      if (config !== undefined) {
        first ??= config
        const { readQueueNums, writeQueueNums, order, attributes } = config
        const perm = permText(config.perm)
        brokers.push({ brokerName, cluster, address, readQueueNums, writeQueueNums, perm, order, attributes })
      }
      queues.push(...(await queueRows(session, brokerName, address, topic)))
      for (const group of await groupsOn(session, brokerName, address, topic)) groups.add(group)
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      warnings.push(`what ${brokerName} knows of ${topic} is missing here: ${errorText(error)}`)
    }
  }
  const messages = queues.reduce((sum, queue) => sum + queue.maxOffset - queue.minOffset, 0)
  const type = topicType(topic, first, new Set(rows.flatMap(row => [row.cluster, row.brokerName])))
  return { topic, type, brokers, queues, groups: [...groups].sort(), messages, warnings }
}

export const queueRows = async (
  session: Session,
  brokerName: string,
  address: string,
  topic: string
): Promise<QueueRow[]> => {
  const asking = { who: brokerName, what: `tell the offsets of ${topic}` }
  const { command } = await session.ask(address, getTopicStatsInfo, { topic }, asking)
  const { offsetTable } = readBody(topicStatsShape, command.body)
  return [...offsetTable]
    .map(([queue, { minOffset, maxOffset, lastUpdateTimestamp }]) => ({
      brokerName,
      queueId: queue.queueId,
      minOffset,
      maxOffset,
      ...(lastUpdateTimestamp > 0
        ? { lastUpdate: new Date(lastUpdateTimestamp).toISOString(), lastUpdateMs: lastUpdateTimestamp }
        : {})
    }))
    .sort((left, right) => left.queueId - right.queueId)
}

export const groupsOn = async (
  session: Session,
  brokerName: string,
  address: string,
  topic: string
): Promise<readonly string[]> => {
  const asking = { who: brokerName, what: `list the groups of ${topic}` }
  const { command } = await session.ask(address, queryTopicConsumeByWho, { topic }, asking)
  return readBody(groupListShape, command.body).groupList
}
