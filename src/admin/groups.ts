/** Reading consumer groups: all of them, one of them, how far they are. */
import type { Session } from '../client/session.ts'
import { type ConsumeStats, consumeStatsListShape, consumeStatsShape } from '../protocol/bodies/consume-stats.ts'
import type { GroupConfig } from '../protocol/bodies/group-config.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getBrokerConsumeStats } from '../protocol/requests/get-broker-consume-stats.ts'
import { getConsumeStats } from '../protocol/requests/get-consume-stats.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { isSystemGroup } from '../protocol/topic-names.ts'
import type { Listing } from './admin.ts'
import { fromEach } from './ask-brokers.ts'
import { groupConfigs, groupOn } from './group-configs.ts'
import type { GroupBrokerRow, GroupDescription, GroupLag, GroupRow, LagRow } from './group-rows.ts'
import { groupMembers } from './members.ts'
import { allMasters, type Master } from './targets.ts'

/** A broker counts over all groups for this; the usual time-out of a request is too short for thousands of them. */
const statsMs = 30_000

/** All groups that brokers know, by name: two requests a broker, however many groups there are. */
export const listGroups = async (session: Session): Promise<Listing<GroupRow>> => {
  const rows = new Map<string, { brokers: string[]; topics: Set<string>; lag: number; consumeTps: number }>()
  const rowOf = (group: string) => {
    const row = rows.get(group) ?? { brokers: [], topics: new Set(), lag: 0, consumeTps: 0 }
    rows.set(group, row)
    return row
  }
  const { answers, warnings } = await fromEach(await allMasters(session), 'its groups are unknown', async master => {
    const [configs, stats] = await Promise.all([groupConfigs(session, master), statsOfAll(session, master)])
    return { configs, stats }
  })
  for (const { master, answer } of answers) {
    for (const { groupName } of answer.configs) rowOf(groupName).brokers.push(master.brokerName)
    for (const [group, ofTopics] of answer.stats) {
      const row = rowOf(group)
      for (const { offsetTable, consumeTps } of ofTopics) {
        row.consumeTps += consumeTps
        for (const [queue, { brokerOffset, consumerOffset }] of offsetTable) {
          row.topics.add(queue.topic)
          row.lag += Math.max(0, brokerOffset - consumerOffset)
        }
      }
    }
  }
  const items = [...rows].map(([group, { brokers, topics, lag, consumeTps }]) => ({
    group,
    brokers: brokers.sort(),
    system: isSystemGroup(group),
    topics: [...topics].sort(),
    lag,
    consumeTps: rounded(consumeTps)
  }))
  return { items: items.sort((left, right) => (left.group < right.group ? -1 : 1)), warnings }
}

const rounded = (rate: number): number => Math.round(rate * 100) / 100

const statsOfAll = async (session: Session, { brokerName, address }: Master): Promise<[string, ConsumeStats[]][]> => {
  const asking = { who: brokerName, what: 'tell how far groups are', timeoutMs: statsMs }
  const { command } = await session.ask(address, getBrokerConsumeStats, { isOrder: false }, asking)
  const { consumeStatsList } = readBody(consumeStatsListShape, command.body)
  return consumeStatsList.flatMap(entry =>
    Array.from(entry, ([group, stats]): [string, ConsumeStats[]] => [group, [...stats]])
  )
}

export const describeGroup = async (session: Session, group: string): Promise<GroupDescription> => {
  const { found, warnings } = await groupOn(session, group, await allMasters(session))
  const masters = found.map(entry => entry.master)
  const [members, progress] = await Promise.all([groupMembers(session, group, masters), lagOn(session, group, masters)])
  return {
    ...members,
    brokers: found.map(({ master, config }) => brokerRow(master, config)),
    topics: [...new Set(progress.queues.map(queue => queue.topic))].sort(),
    lag: progress.lag,
    warnings: [...new Set([...warnings, ...members.warnings, ...progress.warnings])]
  }
}

const brokerRow = ({ brokerName, cluster, address }: Master, config: GroupConfig): GroupBrokerRow => ({
  brokerName,
  cluster,
  address,
  consumeEnable: config.consumeEnable,
  consumeBroadcastEnable: config.consumeBroadcastEnable,
  consumeMessageOrderly: config.consumeMessageOrderly,
  retryQueueNums: config.retryQueueNums,
  retryMaxTimes: config.retryMaxTimes,
  consumeTimeoutMinute: config.consumeTimeoutMinute,
  attributes: { ...config.attributes }
})

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
  const { answers, warnings } = await fromEach(masters, `its part of the lag of ${group} is missing`, async master => {
    const asking = {
      who: master.brokerName,
      what: `tell how far ${group} is`,
      accept: [responseCodes.TOPIC_NOT_EXIST],
      timeoutMs: statsMs
    }
    const wish = { consumerGroup: group, ...(topic === undefined ? {} : { topic }) }
    const { command } = await session.ask(master.address, getConsumeStats, wish, asking)
    return command.code === 0 ? readBody(consumeStatsShape, command.body) : undefined
  })
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
