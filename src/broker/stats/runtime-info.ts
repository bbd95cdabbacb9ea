/**
 * What a broker says about itself, under Java's names: mqadmin's brokerStatus prints all of it, clusterList needs some.
 * Java: AdminBrokerProcessor.prepareRuntimeInfo, StoreStatsService.getRuntimeInfo, ScheduleMessageService.
 */
import { join } from 'node:path'
import { systemTopics } from '../../protocol/topic-names.ts'
import { ownVersion, versionName } from '../../protocol/versions.ts'
import type { StoreStats } from '../../store/contract.ts'
import type { BrokerParts } from '../broker-parts.ts'
import { rateWindows } from './rates.ts'
import type { RateOf } from './traffic.ts'

export type RuntimeParts = Pick<
  BrokerParts,
  'bootTimestamp' | 'clock' | 'delayProgress' | 'identity' | 'options' | 'store' | 'traffic'
>

export const runtimeInfo = (parts: RuntimeParts): Map<string, string> => {
  const stats = parts.store.stats()
  const table = new Map<string, string>()
  const put = (values: Readonly<Record<string, string | number | boolean>>): void => {
    for (const [key, value] of Object.entries(values)) table.set(key, String(value))
  }
  put(trafficInfo(parts))
  put(storeInfo(parts, stats))
  put(noSuchThing)
  for (const [level, offset] of parts.delayProgress()) {
    const end = parts.store.maxOffset(systemTopics.schedule, level - 1)
    table.set(`scheduleMessageOffset_${level}`, `${offset},${end}`)
  }
  const uptimeMs = parts.clock.now() - parts.bootTimestamp
  put({
    brokerActive: parts.identity.brokerId === 0,
    brokerVersionDesc: versionName(ownVersion),
    bootTimestamp: parts.bootTimestamp,
    runtime: durationText(uptimeMs)
  })
  return table
}

const trafficInfo = ({ traffic }: RuntimeParts) => {
  const { storedMessages, storedBytes, deliveredMessages } = traffic.totals
  const { days } = traffic
  return {
    putTps: ratesText(traffic, 'stored'),
    getTransferredTps: ratesText(traffic, 'delivered'),
    getFoundTps: ratesText(traffic, 'found'),
    getMissTps: ratesText(traffic, 'missed'),
    getTotalTps: rateWindows
      .map(seconds => javaDouble((traffic.rate('found', seconds) ?? 0) + (traffic.rate('missed', seconds) ?? 0)))
      .join(' '),
    putMessageTimesTotal: storedMessages,
    putMessageSizeTotal: storedBytes,
    putMessageAverageSize: javaDouble(storedMessages === 0 ? 0 : storedBytes / storedMessages),
    msgPutTotalYesterdayMorning: days.storedYesterdayMorning,
    msgPutTotalTodayMorning: days.storedTodayMorning,
    msgPutTotalTodayNow: storedMessages,
    msgGetTotalYesterdayMorning: days.deliveredYesterdayMorning,
    msgGetTotalTodayMorning: days.deliveredTodayMorning,
    msgGetTotalTodayNow: deliveredMessages
  }
}

const storeInfo = ({ options }: RuntimeParts, stats: StoreStats) => {
  const used = stats.diskTotalBytes === 0 ? 0 : 1 - stats.diskFreeBytes / stats.diskTotalBytes
  const ratio = javaDouble(Math.round(used * 100) / 100)
  const [total, free] = [stats.diskTotalBytes, stats.diskFreeBytes].map(bytesText)
  const empty = stats.maxPhysicalOffset === 0
  return {
    commitLogMinOffset: empty ? -1 : stats.minPhysicalOffset,
    commitLogMaxOffset: stats.maxPhysicalOffset,
    earliestMessageTimeStamp: empty ? -1 : stats.earliestStoreTimestamp,
    commitLogDiskRatio: ratio,
    [`commitLogDiskRatio_${join(options.storePathRootDir, 'commitlog')}`]: ratio,
    consumeQueueDiskRatio: ratio,
    commitLogDirCapacity: `Total : ${total}, Free : ${free}.`,
    remainHowManyDataToFlush: bytesText(Math.max(0, stats.maxPhysicalOffset - stats.flushedPhysicalOffset))
  }
}

/**
 * Keys that Apache's tools print or need and that have no counterpart here: there are no pools of threads with queues
 * before them, no lock on a page cache, no pool of buffers, and consume queues never lag behind the log.
 */
const noSuchThing = {
  sendThreadPoolQueueSize: 0,
  sendThreadPoolQueueCapacity: 0,
  sendThreadPoolQueueHeadWaitTimeMills: 0,
  pullThreadPoolQueueSize: 0,
  pullThreadPoolQueueCapacity: 0,
  pullThreadPoolQueueHeadWaitTimeMills: 0,
  litePullThreadPoolQueueSize: 0,
  litePullThreadPoolQueueCapacity: 0,
  litePullThreadPoolQueueHeadWaitTimeMills: 0,
  queryThreadPoolQueueSize: 0,
  queryThreadPoolQueueCapacity: 0,
  queryThreadPoolQueueHeadWaitTimeMills: 0,
  ackThreadPoolQueueSize: 0,
  ackThreadPoolQueueCapacity: 0,
  ackThreadPoolQueueHeadWaitTimeMills: 0,
  EndTransactionQueueSize: 0,
  EndTransactionThreadPoolQueueCapacity: 0,
  pageCacheLockTimeMills: 0,
  // Without a pool of buffers, Apache's limit of them is the largest int.
  remainTransientStoreBufferNumbs: 2_147_483_647,
  dispatchMaxBuffer: 0,
  dispatchBehindBytes: 0,
  startAcceptSendRequestTimeStamp: 0,
  putMessageFailedTimes: 0,
  putMessageEntireTimeMax: 0,
  putMessageDistributeTime: 'null',
  putLatency99: '0.00',
  putLatency999: '0.00',
  getMessageEntireTimeMax: 0,
  timerReadBehind: 0,
  timerOffsetBehind: 0,
  timerCongestNum: 0,
  timerEnqueueTps: '0.0',
  timerDequeueTps: '0.0'
} as const

/** Three rates with blanks between them; one that is not known yet is empty, as in Java. */
const ratesText = (traffic: RuntimeParts['traffic'], of: RateOf): string =>
  rateWindows
    .map(seconds => {
      const rate = traffic.rate(of, seconds)
      return rate === undefined ? '' : javaDouble(rate)
    })
    .join(' ')

const javaDouble = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))

/** `252.0 GiB`. Java: MixAll.humanReadableByteCount. */
export const bytesText = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`
  const power = Math.min(6, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)} ${'KMGTPE'[power - 1]}iB`
}

const durationText = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor(seconds / 3600) % 24
  const minutes = Math.floor(seconds / 60) % 60
  return `[ ${days} days, ${hours} hours, ${minutes} minutes, ${seconds % 60} seconds ]`
}
