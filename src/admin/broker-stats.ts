/** What brokers tell of themselves: rates, counts of a day, replication, how far groups are. */
import type { Session } from '../client/session.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { BrokerStats } from '../protocol/bodies/broker-stats.ts'
import { consumeStatsListShape } from '../protocol/bodies/consume-stats.ts'
import { haStatusShape } from '../protocol/bodies/ha-status.ts'
import { kvTableShape } from '../protocol/bodies/kv-table.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { getBrokerConsumeStats } from '../protocol/requests/get-broker-consume-stats.ts'
import { getBrokerHaStatus } from '../protocol/requests/get-broker-ha-status.ts'
import { getBrokerRuntimeInfo } from '../protocol/requests/get-broker-runtime-info.ts'
import { fromEach } from './ask-brokers.ts'
import type {
  BrokerConsumeStats,
  BrokerDescription,
  BrokerStatsRow,
  ConsumeStatsRow,
  CountWindows,
  HaRow
} from './broker-rows.ts'
import { listClusters, rowOfFigures } from './brokers.ts'
import { counted } from './counted.ts'
import { everyGroupName } from './group-configs.ts'
import type { Listing, Target } from './shared-rows.ts'
import { type BrokerProcess, oneMaster, processes } from './targets.ts'
import { topicConfigs } from './topics.ts'

/** A broker counts over all groups for this; the usual time-out of a request is too short for thousands of them. */
const consumeStatsMs = 30_000

/** The table of figures that a broker keeps of itself. */
export const figuresOf = async (
  session: Session,
  { brokerName, address }: Pick<BrokerProcess, 'brokerName' | 'address'>
): Promise<ReadonlyMap<string, string>> => {
  const asking = { who: brokerName, what: 'tell its state' }
  const { command } = await session.ask(address, getBrokerRuntimeInfo, {}, asking)
  return readBody(kvTableShape, command.body).table
}

export const brokerStats = async (session: Session, target: Target): Promise<Listing<BrokerStatsRow>> => {
  const all = await processes(session, target)
  const { answers, warnings } = await fromEach(all, 'its figures are unknown', process => statsOf(session, process))
  return { items: inOrder(all, answers), warnings }
}

const statsOf = async (
  session: Session,
  { cluster, brokerName, brokerId, address }: BrokerProcess
): Promise<BrokerStatsRow> => {
  const process = { brokerName, address }
  const [figures, stored, delivered] = await Promise.all([
    figuresOf(session, process),
    counted(session, process, 'BROKER_PUT_NUMS', cluster),
    counted(session, process, 'BROKER_GET_NUMS', cluster)
  ])
  const since = (name: string, start: string, end: string): Partial<Record<string, number>> => {
    const [from, to] = [figures.get(start), figures.get(end)].map(text => Number(text ?? Number.NaN))
    return Number.isFinite(from) && Number.isFinite(to) ? { [name]: Math.max(0, to! - from!) } : {}
  }
  return {
    cluster,
    brokerName,
    brokerId,
    address,
    ...rowOfFigures(figures),
    ...since('inToday', 'msgPutTotalTodayMorning', 'msgPutTotalTodayNow'),
    ...since('inYesterday', 'msgPutTotalYesterdayMorning', 'msgPutTotalTodayMorning'),
    ...since('outToday', 'msgGetTotalTodayMorning', 'msgGetTotalTodayNow'),
    ...since('outYesterday', 'msgGetTotalYesterdayMorning', 'msgGetTotalTodayMorning'),
    stored: windows(stored),
    delivered: windows(delivered),
    figures: sorted(figures)
  }
}

const windows = ({ statsMinute, statsHour, statsDay }: BrokerStats): CountWindows => {
  const over = ({ sum, tps }: BrokerStats['statsMinute']) => ({ sum, tps: Math.round(tps * 100) / 100 })
  return { minute: over(statsMinute), hour: over(statsHour), day: over(statsDay) }
}

const sorted = (figures: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...figures].sort(([left], [right]) => (left < right ? -1 : 1)))

/** The answers in the order in which the processes were asked for. */
const inOrder = <Row>(
  asked: readonly BrokerProcess[],
  answers: readonly { readonly master: { readonly address: string }; readonly answer: Row }[]
): Row[] => {
  const rows = new Map(answers.map(({ master, answer }) => [master.address, answer]))
  return asked.flatMap(({ address }) => rows.get(address) ?? [])
}

export const brokerHa = async (session: Session, target: Target): Promise<Listing<HaRow>> => {
  const all = await processes(session, target)
  const { answers, warnings } = await fromEach(all, 'its replication is unknown', process => haOf(session, process))
  return { items: inOrder(all, answers), warnings }
}

const haOf = async (session: Session, { brokerName, brokerId, address }: BrokerProcess): Promise<HaRow> => {
  const asking = { who: brokerName, what: 'tell its replication' }
  const { command } = await session.ask(address, getBrokerHaStatus, {}, asking)
  const status = readBody(haStatusShape, command.body)
  const known = { brokerName, brokerId, address, inSyncSlaves: status.inSyncSlaveNums }
  if (status.master) {
    const slaves = status.haConnectionInfo.map(slave => ({
      address: slave.addr,
      ackOffset: slave.slaveAckOffset,
      diff: slave.diff,
      inSync: slave.inSync,
      bytesPerSecond: slave.transferredByteInSecond
    }))
    return { ...known, role: 'master', maxOffset: status.masterCommitLogMaxOffset, slaves }
  }
  const { masterAddr, masterFlushOffset, maxOffset, transferredByteInSecond, lastReadTimestamp } =
    status.haClientRuntimeInfo
  return {
    ...known,
    role: 'slave',
    maxOffset,
    slaves: [],
    ...(masterAddr === undefined ? {} : { masterAddress: masterAddr }),
    masterFlushOffset,
    bytesPerSecond: transferredByteInSecond,
    ...(lastReadTimestamp > 0
      ? { lastRead: new Date(lastReadTimestamp).toISOString(), lastReadMs: lastReadTimestamp }
      : {})
  }
}

/** What does not answer is a warning: a broker in trouble is looked at more than any other. */
export const describeBroker = async (session: Session, name: string | undefined): Promise<BrokerDescription> => {
  const { brokerName, cluster } = await oneMaster(session, name)
  const warnings: string[] = []
  const known = async <Value>(what: string, ask: Promise<Value>): Promise<Value | undefined> => {
    try {
      return await ask
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      warnings.push(`${brokerName}: ${what}: ${errorText(error)}`)
      return undefined
    }
  }
  const master = await oneMaster(session, brokerName)
  const [{ items }, figures, replication, topics, groups] = await Promise.all([
    listClusters(session),
    known('its figures are unknown', figuresOf(session, master)),
    known('its replication is unknown', brokerHa(session, { brokers: [brokerName] })),
    known('its topics are unknown', topicConfigs(session)),
    known('its groups are unknown', everyGroupName(session, [master]))
  ])
  return {
    brokerName,
    cluster,
    processes: items.filter(row => row.brokerName === brokerName),
    ...(topics === undefined ? {} : { topics: topics.items.filter(row => row.brokerName === brokerName).length }),
    ...(groups === undefined ? {} : { groups: groups.items.length }),
    replication: replication?.items ?? [],
    figures: sorted(figures ?? new Map()),
    warnings
  }
}

export const brokerConsumeStats = async (session: Session, name: string | undefined): Promise<BrokerConsumeStats> => {
  const { brokerName, address } = await oneMaster(session, name)
  const asking = { who: brokerName, what: 'tell how far groups are', timeoutMs: consumeStatsMs }
  const { command } = await session.ask(address, getBrokerConsumeStats, { isOrder: false }, asking)
  const { consumeStatsList } = readBody(consumeStatsListShape, command.body)
  const queues: ConsumeStatsRow[] = []
  for (const entry of consumeStatsList) {
    for (const [group, stats] of entry) {
      for (const { offsetTable } of stats) {
        for (const [{ topic, queueId }, { brokerOffset, consumerOffset, lastTimestamp }] of offsetTable) {
          const lag = Math.max(0, brokerOffset - consumerOffset)
          const lastConsumed =
            lastTimestamp > 0
              ? { lastConsumed: new Date(lastTimestamp).toISOString(), lastConsumedMs: lastTimestamp }
              : {}
          queues.push({ group, topic, brokerName, queueId, brokerOffset, consumerOffset, lag, ...lastConsumed })
        }
      }
    }
  }
  const order = (row: ConsumeStatsRow): string => `${row.group}\n${row.topic}\n${String(row.queueId).padStart(10)}`
  queues.sort((left, right) => (order(left) < order(right) ? -1 : 1))
  return { brokerName, lag: queues.reduce((sum, queue) => sum + queue.lag, 0), queues }
}
