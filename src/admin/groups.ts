/** Reading consumer groups: all of them, one of them, how far they are. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { pause } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { type ConsumeStats, consumeStatsShape } from '../protocol/bodies/consume-stats.ts'
import type { GroupConfig } from '../protocol/bodies/group-config.ts'
import { list, readBody } from '../protocol/bodies/shape.ts'
import { table } from '../protocol/bodies/tables.ts'
import { listElements } from '../protocol/json-elements.ts'
import { getBrokerConsumeStats } from '../protocol/requests/get-broker-consume-stats.ts'
import { getConsumeStats } from '../protocol/requests/get-consume-stats.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { isSystemGroup } from '../protocol/topic-names.ts'
import { fromEach } from './ask-brokers.ts'
import type { GroupsWish } from './group-acts.ts'
import { groupConfigs, groupOn } from './group-configs.ts'
import type { GroupBrokerRow, GroupDescription, GroupLag, GroupRow, LagRow } from './group-rows.ts'
import { groupMembers } from './members.ts'
import type { Listing } from './shared-rows.ts'
import { allMasters, type Master } from './targets.ts'

/** A broker counts over all groups for this; the usual time-out of a request is too short for thousands of them. */
const statsMs = 30_000

/** All groups that brokers know, by name: two requests a broker, however many groups there are. */
export const listGroups = async (session: Session, wish: GroupsWish = {}): Promise<Listing<GroupRow>> => {
  const masters = await allMasters(session)
  const rows = new Map<string, Sums>()
  const { answers, warnings } = await fromEach(masters, 'its groups are unknown', async master => {
    const configs = await groupConfigs(session, master)
    const sums = await sumsOn(session, master, configs)
    return { configs, sums }
  })
  for (const { master, answer } of answers) {
    for (const { groupName } of answer.configs) rowOf(rows, groupName).brokers.push(master.brokerName)
    for (const [group, { topics, lag, consumeTps }] of answer.sums) {
      const row = rowOf(rows, group)
      row.lag += lag
      row.consumeTps += consumeTps
      for (const topic of topics) row.topics.add(topic)
    }
  }
  const names = [...rows.keys()].sort()
  const online = wish.members === true ? await mapBounded(names, name => whoIsIn(session, name, masters)) : []
  const items = names.map((group, at) => {
    const { brokers, topics, lag, consumeTps } = rows.get(group)!
    const row = { group, brokers: brokers.sort(), system: isSystemGroup(group), topics: [...topics].sort(), lag }
    return { ...row, consumeTps: rounded(consumeTps), ...online[at] }
  })
  return { items, warnings }
}

interface Sums {
  readonly brokers: string[]
  readonly topics: Set<string>
  lag: number
  consumeTps: number
}

const rowOf = (rows: Map<string, Sums>, group: string): Sums => {
  const row = rows.get(group) ?? { brokers: [], topics: new Set(), lag: 0, consumeTps: 0 }
  rows.set(group, row)
  return row
}

const whoIsIn = async (session: Session, group: string, masters: readonly Master[]) => {
  const { members, consumeType, messageModel } = await groupMembers(session, group, masters)
  return {
    members: members.length,
    ...(consumeType === undefined ? {} : { consumeType }),
    ...(messageModel === undefined ? {} : { messageModel })
  }
}

/** Sums by group. What is in one answer for all is too much for a frame now and then; then the groups are asked for one by one. */
const sumsOn = async (
  session: Session,
  master: Master,
  configs: readonly GroupConfig[]
): Promise<ReadonlyMap<string, Sums>> => {
  const sums = new Map<string, Sums>()
  try {
    await statsOfAll(session, master, (group, ofTopics) => {
      for (const stats of ofTopics) addStats(rowOf(sums, group), stats)
    })
  } catch (error) {
    if (!(error instanceof MqError) || !askedTooMuch.has(error.code)) throw error
    sums.clear()
    await mapBounded(configs, async ({ groupName }) => {
      const stats = await statsOf(session, master, groupName, undefined)
      if (stats !== undefined) addStats(rowOf(sums, groupName), stats)
    })
  }
  return sums
}

/** How brokers, old and new, take a question whose answer does not fit. */
const askedTooMuch: ReadonlySet<string> = new Set([
  'MQ_SERVER_REFUSED',
  'MQ_NOT_SUPPORTED',
  'MQ_FRAME_INVALID',
  'MQ_CONNECTION_CLOSED',
  'MQ_TIMEOUT'
])

const addStats = (row: Sums, { offsetTable, consumeTps }: ConsumeStats): void => {
  row.consumeTps += consumeTps
  for (const [queue, { brokerOffset, consumerOffset }] of offsetTable) {
    row.topics.add(queue.topic)
    row.lag += Math.max(0, brokerOffset - consumerOffset)
  }
}

const rounded = (rate: number): number => Math.round(rate * 100) / 100

/** Milliseconds that reading one answer may hold others up. */
const sliceMs = 3

/** Calls `each` for every group of the broker. One answer holds all of them, so it is read a slice at a time. */
const statsOfAll = async (
  session: Session,
  { brokerName, address }: Master,
  each: (group: string, stats: readonly ConsumeStats[]) => void
): Promise<void> => {
  const asking = { who: brokerName, what: 'tell how far groups are', timeoutMs: statsMs }
  const { command } = await session.ask(address, getBrokerConsumeStats, { isOrder: false }, asking)
  const { clock } = session.settings
  let began = clock.monotonic()
  for (const element of listElements(command.body, 'consumeStatsList')) {
    for (const [group, stats] of readBody(groupStatsShape, element)) each(group, stats)
    if (clock.monotonic() - began < sliceMs) continue
    await pause(clock, 0)
    began = clock.monotonic()
  }
}

const groupStatsShape = table(list(consumeStatsShape))

export const describeGroup = async (session: Session, group: string): Promise<GroupDescription> => {
  const { found, warnings } = await groupOn(session, group, await allMasters(session))
  const masters = found.map(entry => entry.master)
  const [members, progress] = await Promise.all([groupMembers(session, group, masters), lagOn(session, group, masters)])
  return {
    ...members,
    brokers: found.map(brokerRow),
    topics: [...new Set(progress.queues.map(queue => queue.topic))].sort(),
    lag: progress.lag,
    warnings: [...new Set([...warnings, ...members.warnings, ...progress.warnings])]
  }
}

const brokerRow = (of: { master: Master; config: GroupConfig; paused: readonly string[] }): GroupBrokerRow => {
  const { master, config, paused } = of
  const { brokerName, cluster, address } = master
  return {
    brokerName,
    cluster,
    address,
    consumeEnable: config.consumeEnable,
    consumeBroadcastEnable: config.consumeBroadcastEnable,
    consumeMessageOrderly: config.consumeMessageOrderly,
    retryQueueNums: config.retryQueueNums,
    retryMaxTimes: config.retryMaxTimes,
    consumeTimeoutMinute: config.consumeTimeoutMinute,
    consumeFromMinEnable: config.consumeFromMinEnable,
    brokerId: config.brokerId,
    whichBrokerWhenConsumeSlowly: config.whichBrokerWhenConsumeSlowly,
    notifyConsumerIdsChangedEnable: config.notifyConsumerIdsChangedEnable,
    pausedTopics: paused,
    attributes: { ...config.attributes }
  }
}

/** Queue by queue, of one topic or of all that the group has offsets of. */
export const groupLag = async (session: Session, group: string, topic: string | undefined): Promise<GroupLag> => {
  const { found, warnings } = await groupOn(session, group, await allMasters(session))
  const masters = found.map(entry => entry.master)
  const lag = await lagOn(session, group, masters, topic)
  return { ...lag, warnings: [...warnings, ...lag.warnings] }
}

const lagOn = async (
  session: Session,
  group: string,
  masters: readonly Master[],
  topic?: string | undefined
): Promise<GroupLag> => {
  const { answers, warnings } = await fromEach(masters, `its part of the lag of ${group} is missing`, master =>
    statsOf(session, master, group, topic)
  )
  const stats = answers.flatMap(({ answer }) => (answer === undefined ? [] : [answer]))
  const queues = stats.flatMap(({ offsetTable }) =>
    Array.from(offsetTable, ([queue, offsets]) => lagRow(queue, offsets))
  )
  const order = (row: LagRow): string => `${row.topic}\n${row.brokerName}\n${String(row.queueId).padStart(10)}`
  return {
    group,
    lag: queues.reduce((sum, queue) => sum + queue.lag, 0),
    consumeTps: rounded(stats.reduce((sum, { consumeTps }) => sum + consumeTps, 0)),
    queues: queues.sort((left, right) => (order(left) < order(right) ? -1 : 1)),
    warnings
  }
}

const statsOf = async (
  session: Session,
  { brokerName, address }: Master,
  group: string,
  topic: string | undefined
): Promise<ConsumeStats | undefined> => {
  const accept = [responseCodes.TOPIC_NOT_EXIST, responseCodes.CONSUMER_NOT_ONLINE]
  const asking = { who: brokerName, what: `tell how far ${group} is`, accept, timeoutMs: statsMs }
  const wish = { consumerGroup: group, ...(topic === undefined ? {} : { topic }) }
  const { command } = await session.ask(address, getConsumeStats, wish, asking)
  return command.code === 0 ? readBody(consumeStatsShape, command.body) : undefined
}

type Entry = ConsumeStats['offsetTable'] extends ReadonlyMap<infer Queue, infer Offsets> ? [Queue, Offsets] : never

const lagRow = (queue: Entry[0], { brokerOffset, consumerOffset, lastTimestamp }: Entry[1]): LagRow => ({
  topic: queue.topic,
  brokerName: queue.brokerName,
  queueId: queue.queueId,
  brokerOffset,
  consumerOffset,
  lag: Math.max(0, brokerOffset - consumerOffset),
  ...(lastTimestamp > 0 ? { lastConsumed: new Date(lastTimestamp).toISOString(), lastConsumedMs: lastTimestamp } : {})
})
