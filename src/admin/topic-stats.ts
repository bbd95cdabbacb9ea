/** What goes through topics: offsets, rates, counts of a day, the groups that read them. Java: StatsAllSubCommand. */

import { offsetAtTime } from '../client/queue-offsets.ts'
import { readableQueues } from '../client/routes.ts'
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { consumeStatsShape } from '../protocol/bodies/consume-stats.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getConsumeStats } from '../protocol/requests/get-consume-stats.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { fromEach } from './ask-brokers.ts'
import { counted, of24Hours } from './counted.ts'
import type { Listing } from './shared-rows.ts'
import { freshRoute, type Master } from './targets.ts'
import type { QueueOffsetRow, TopicGroupRow, TopicStatsRow } from './topic-rows.ts'
import { groupsOn, listTopics, queueRows } from './topics.ts'

/** Brokers that have the topic now and can be asked: the master, else a slave. */
const holders = async (session: Session, topic: string): Promise<Master[]> => {
  const route = await freshRoute(session, topic)
  const having = new Set(route.queueDatas.map(queue => queue.brokerName))
  return route.brokerDatas.flatMap(({ brokerName, cluster = '', brokerAddrs }) => {
    const address = brokerAddrs.get(0) ?? brokerAddrs.values().next().value
    return address === undefined || !having.has(brokerName) ? [] : [{ brokerName, cluster, address }]
  })
}

export const topicOffsets = async (
  session: Session,
  topic: string,
  atMs: number | undefined
): Promise<Listing<QueueOffsetRow>> => {
  const masters = await holders(session, topic)
  const { answers, warnings } = await fromEach(masters, 'its offsets are unknown', ({ brokerName, address }) =>
    queueRows(session, brokerName, address, topic)
  )
  const rows = answers.flatMap(({ answer }) => answer)
  if (atMs === undefined) return { items: rows, warnings }
  const places = readableQueues(topic, await freshRoute(session, topic))
  const items = await mapBounded(rows, async (row): Promise<QueueOffsetRow> => {
    const place = places.find(entry => entry.brokerName === row.brokerName && entry.queueId === row.queueId)
    return place === undefined ? row : { ...row, offsetAtTime: await offsetAtTime(session, place, atMs) }
  })
  return { items, warnings }
}

interface GroupPart {
  lag: number
  outTps: number
  outMessages24h: number
  lastConsumedMs: number
}

export const topicGroups = async (session: Session, topic: string): Promise<Listing<TopicGroupRow>> => {
  const { answers, warnings } = await fromEach(await holders(session, topic), 'its groups are unknown', master =>
    groupsAt(session, master, topic)
  )
  const rows = new Map<string, GroupPart>()
  for (const { answer } of answers) {
    for (const [group, part] of answer) {
      const sum = rows.get(group) ?? { lag: 0, outTps: 0, outMessages24h: 0, lastConsumedMs: 0 }
      sum.lag += part.lag
      sum.outTps += part.outTps
      sum.outMessages24h += part.outMessages24h
      sum.lastConsumedMs = Math.max(sum.lastConsumedMs, part.lastConsumedMs)
      rows.set(group, sum)
    }
  }
  const items = Array.from(rows, ([group, { lag, outTps, outMessages24h, lastConsumedMs }]) => ({
    group,
    lag,
    outTps: rounded(outTps),
    outMessages24h,
    ...(lastConsumedMs > 0 ? { lastConsumed: new Date(lastConsumedMs).toISOString(), lastConsumedMs } : {})
  }))
  return { items: items.sort((left, right) => (left.group < right.group ? -1 : 1)), warnings }
}

const groupsAt = async (session: Session, master: Master, topic: string): Promise<[string, GroupPart][]> => {
  const groups = await groupsOn(session, master.brokerName, master.address, topic)
  return mapBounded(groups, async (group): Promise<[string, GroupPart]> => {
    const asking = {
      who: master.brokerName,
      what: `tell how far ${group} is`,
      accept: [responseCodes.TOPIC_NOT_EXIST]
    }
    const [out, { command }] = await Promise.all([
      counted(session, master, 'GROUP_GET_NUMS', `${topic}@${group}`),
      session.ask(master.address, getConsumeStats, { consumerGroup: group, topic }, asking)
    ])
    const offsets = command.code === 0 ? [...readBody(consumeStatsShape, command.body).offsetTable.values()] : []
    const part = {
      lag: offsets.reduce(
        (sum, { brokerOffset, consumerOffset }) => sum + Math.max(0, brokerOffset - consumerOffset),
        0
      ),
      outTps: out.statsMinute.tps,
      outMessages24h: of24Hours(out),
      lastConsumedMs: Math.max(0, ...offsets.map(entry => entry.lastTimestamp))
    }
    return [group, part]
  })
}

/** A topic that vanishes meanwhile costs its row, not the list. */
export const topicStats = async (
  session: Session,
  topics: readonly string[] | undefined
): Promise<Listing<TopicStatsRow>> => {
  if (topics !== undefined) {
    const found = await mapBounded([...new Set(topics)].sort(), topic => statsOf(session, topic))
    return { items: found.map(entry => entry.row), warnings: found.flatMap(entry => entry.warnings) }
  }
  const { items: all, warnings } = await listTopics(session)
  const names = all.filter(row => row.type !== 'RETRY' && row.type !== 'DLQ').map(row => row.topic)
  const missing: string[] = []
  const found = await mapBounded(names, async topic => {
    try {
      return await statsOf(session, topic)
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      // Names that brokers keep for themselves need not have a route.
      if (error.code !== 'MQ_TOPIC_NOT_FOUND') missing.push(`the figures of ${topic} are missing: ${errorText(error)}`)
      return undefined
    }
  })
  const rows = found.flatMap(entry => (entry === undefined ? [] : [entry]))
  return {
    items: rows.map(entry => entry.row),
    warnings: [...warnings, ...missing, ...rows.flatMap(entry => entry.warnings)]
  }
}

const statsOf = async (
  session: Session,
  topic: string
): Promise<{ readonly row: TopicStatsRow; readonly warnings: readonly string[] }> => {
  const masters = await holders(session, topic)
  const { answers, warnings } = await fromEach(masters, `its figures of ${topic} are unknown`, async master => {
    const [queues, messages, bytes] = await Promise.all([
      queueRows(session, master.brokerName, master.address, topic),
      counted(session, master, 'TOPIC_PUT_NUMS', topic),
      counted(session, master, 'TOPIC_PUT_SIZE', topic)
    ])
    return { queues, messages, bytes }
  })
  const groups = await topicGroups(session, topic)
  const queues = answers.flatMap(({ answer }) => answer.queues)
  const total = (of: (answer: (typeof answers)[number]['answer']) => number): number =>
    answers.reduce((sum, { answer }) => sum + of(answer), 0)
  const row = {
    topic,
    messages: queues.reduce((sum, queue) => sum + queue.maxOffset - queue.minOffset, 0),
    maxOffset: queues.reduce((sum, queue) => sum + queue.maxOffset, 0),
    inTps: rounded(total(answer => answer.messages.statsMinute.tps)),
    inMessages24h: total(answer => of24Hours(answer.messages)),
    inBytes24h: total(answer => of24Hours(answer.bytes)),
    outTps: rounded(groups.items.reduce((sum, group) => sum + group.outTps, 0)),
    outMessages24h: groups.items.reduce((sum, group) => sum + group.outMessages24h, 0),
    lag: groups.items.reduce((sum, group) => sum + group.lag, 0),
    groups: groups.items
  }
  return { row, warnings: [...new Set([...warnings, ...groups.warnings])] }
}

const rounded = (rate: number): number => Math.round(rate * 100) / 100
