/** Columns of tables about brokers and clusters. */
import type { BrokerStatsRow, ClusterRow, HaRow, LatencyRow } from '../admin/broker-rows.ts'
import type { HealthFinding } from '../admin/operation-rows.ts'
import type { Column } from './table.ts'

/** A time to the second: milliseconds only take room. */
export const toSecond = (time: string | undefined): string | undefined => time?.replace(/\.\d+Z$/, 'Z')

export const processColumns: readonly Column<ClusterRow>[] = [
  { title: 'CLUSTER', value: row => row.cluster },
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'ID', value: row => row.brokerId, align: 'right' },
  { title: 'ADDRESS', value: row => row.address },
  { title: 'VERSION', value: row => row.version },
  { title: 'IN/S', value: row => row.inTps, align: 'right' },
  { title: 'OUT/S', value: row => row.outTps, align: 'right' },
  { title: 'DISK %', value: row => row.diskUsedPercent, align: 'right' },
  { title: 'STARTED', value: row => toSecond(row.started), wide: true }
]

const identity: readonly Column<BrokerStatsRow>[] = [
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'ID', value: row => row.brokerId, align: 'right' }
]

export const brokerStatsColumns: readonly Column<BrokerStatsRow>[] = [
  ...identity,
  { title: 'CLUSTER', value: row => row.cluster, wide: true },
  { title: 'ADDRESS', value: row => row.address, wide: true },
  { title: 'IN/S', value: row => row.inTps, align: 'right' },
  { title: 'OUT/S', value: row => row.outTps, align: 'right' },
  { title: 'IN MIN', value: row => row.stored.minute.sum, align: 'right', wide: true },
  { title: 'OUT MIN', value: row => row.delivered.minute.sum, align: 'right', wide: true },
  { title: 'IN TODAY', value: row => row.inToday, align: 'right' },
  { title: 'OUT TODAY', value: row => row.outToday, align: 'right' },
  { title: 'IN YESTERDAY', value: row => row.inYesterday, align: 'right' },
  { title: 'OUT YESTERDAY', value: row => row.outYesterday, align: 'right', wide: true },
  { title: 'DISK %', value: row => row.diskUsedPercent, align: 'right' }
]

interface HaLine {
  readonly of: HaRow
  readonly slave?: HaRow['slaves'][number]
}

/** A master has a line for each of its slaves; without one it has a line nevertheless. */
export const haLines = (rows: readonly HaRow[]): HaLine[] =>
  rows.flatMap((of): HaLine[] => (of.slaves.length === 0 ? [{ of }] : of.slaves.map(slave => ({ of, slave }))))

export const haColumns: readonly Column<HaLine>[] = [
  { title: 'BROKER', value: line => line.of.brokerName },
  { title: 'ID', value: line => line.of.brokerId, align: 'right' },
  { title: 'ROLE', value: line => line.of.role },
  { title: 'LOG END', value: line => line.of.maxOffset, align: 'right' },
  { title: 'IN SYNC', value: line => line.of.inSyncSlaves, align: 'right' },
  { title: 'PEER', value: line => line.slave?.address ?? line.of.masterAddress },
  { title: 'PEER HAS', value: line => line.slave?.ackOffset ?? line.of.masterFlushOffset, align: 'right' },
  { title: 'BEHIND', value: line => line.slave?.diff, align: 'right' },
  { title: 'BYTES/S', value: line => line.slave?.bytesPerSecond ?? line.of.bytesPerSecond, align: 'right' }
]

export const findingColumns: readonly Column<HealthFinding>[] = [
  { title: 'LEVEL', value: row => row.level },
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'WHAT', value: row => row.what }
]

const ms = (value: number | undefined): string | undefined => value?.toFixed(2)

export const latencyColumns: readonly Column<LatencyRow>[] = [
  { title: 'CLUSTER', value: row => row.cluster },
  { title: 'BROKER', value: row => row.brokerName },
  { title: 'SENT', value: row => row.sent, align: 'right' },
  { title: 'FAILED', value: row => row.failed, align: 'right' },
  { title: 'MIN MS', value: row => ms(row.minMs), align: 'right' },
  { title: 'AVG MS', value: row => ms(row.avgMs), align: 'right' },
  { title: 'P99 MS', value: row => ms(row.p99Ms), align: 'right' },
  { title: 'MAX MS', value: row => ms(row.maxMs), align: 'right' },
  { title: 'WHY', value: row => row.error ?? '' }
]
