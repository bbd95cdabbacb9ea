/** Brokers, clusters and NameServers, as administrative acts give and take them. Plain data, as in admin.ts. */
import type { HealthFinding } from './operation-rows.ts'
import type { BrokerOutcome, BrokerOutcomes, ConfigEntry, Listing, Target } from './shared-rows.ts'
import type { ChangeOptions } from './topic-rows.ts'

export interface ClusterRow {
  readonly cluster: string
  readonly brokerName: string
  readonly brokerId: number
  readonly address: string
  readonly version: string
  /** Messages per second over the last 10 s; absent when the broker did not tell. */
  readonly inTps?: number
  readonly outTps?: number
  readonly diskUsedPercent?: number
  readonly started?: string
  readonly startedMs?: number
  readonly active?: boolean
}

/** A count, and how many of it a second. */
export interface CountOver {
  readonly sum: number
  readonly tps: number
}

/** Over the last minute, hour and day, or the time since the broker started. */
export interface CountWindows {
  readonly minute: CountOver
  readonly hour: CountOver
  readonly day: CountOver
}

export interface BrokerStatsRow extends ClusterRow {
  /** Messages; absent when the broker does not count them. */
  readonly inToday?: number
  readonly inYesterday?: number
  readonly outToday?: number
  readonly outYesterday?: number
  readonly stored: CountWindows
  readonly delivered: CountWindows
  /** Every figure that the broker tells of itself, by name. */
  readonly figures: Readonly<Record<string, string>>
}

export interface BrokerDescription {
  readonly brokerName: string
  readonly cluster: string
  /** Master and slaves. */
  readonly processes: readonly ClusterRow[]
  /** Topics and groups that its master has, those of the system too; absent when it did not tell. */
  readonly topics?: number
  readonly groups?: number
  readonly replication: readonly HaRow[]
  readonly figures: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

export interface ConfigChange {
  /** Change nothing unless the settings are still those that gave this ETag (settings-etag.ts). */
  readonly ifMatch?: string | undefined
  /** Check, and change nothing. */
  readonly dryRun?: boolean | undefined
}

/** A slave as its master sees it. */
export interface HaSlaveRow {
  readonly address: string
  readonly ackOffset: number
  /** Bytes behind the master. */
  readonly diff: number
  readonly inSync: boolean
  readonly bytesPerSecond: number
}

export interface HaRow {
  readonly brokerName: string
  readonly brokerId: number
  readonly address: string
  readonly role: 'master' | 'slave'
  /** End of the commit log, bytes. */
  readonly maxOffset: number
  readonly inSyncSlaves: number
  readonly slaves: readonly HaSlaveRow[]
  /** Of a slave: its master. */
  readonly masterAddress?: string
  readonly masterFlushOffset?: number
  readonly bytesPerSecond?: number
  readonly lastRead?: string
  readonly lastReadMs?: number
}

export interface EpochRow {
  readonly epoch: number
  readonly startOffset: number
  readonly endOffset: number
}

export interface BrokerEpochs {
  readonly brokerName: string
  readonly brokerId: number
  readonly maxOffset: number
  readonly epochs: readonly EpochRow[]
}

export interface ConsumeStatsRow {
  readonly group: string
  readonly topic: string
  readonly brokerName: string
  readonly queueId: number
  readonly brokerOffset: number
  readonly consumerOffset: number
  readonly lag: number
  readonly lastConsumed?: string
  readonly lastConsumedMs?: number
}

export interface BrokerConsumeStats {
  readonly brokerName: string
  readonly lag: number
  readonly queues: readonly ConsumeStatsRow[]
}

export type CleanKind = 'expired-cq' | 'unused-topics' | 'expired-log'

export interface ColdFlowGroup {
  readonly group: string
  /** Bytes of old messages that it may read in a while; absent = the broker's own limit. */
  readonly threshold?: number
  /** Bytes that it has read; absent when nothing was counted. */
  readonly read?: number
}

export interface ColdFlowRow {
  readonly brokerName: string
  /** Bytes, of a group without a limit of its own and of all together. */
  readonly groupThreshold: number
  readonly globalThreshold: number
  readonly globalRead: number
  readonly groups: readonly ColdFlowGroup[]
}

export interface LatencyWish extends Target {
  /** Messages for each broker, one after the other. */
  readonly count: number
  /** Bytes of each. */
  readonly size: number
}

export interface LatencyRow {
  readonly cluster: string
  readonly brokerName: string
  readonly sent: number
  readonly failed: number
  /** Milliseconds from sending to the answer; absent when nothing was answered. */
  readonly minMs?: number
  readonly avgMs?: number
  readonly p99Ms?: number
  readonly maxMs?: number
  readonly error?: string
}

export interface NameServerRow {
  readonly address: string
  readonly reachable: boolean
  readonly clusters?: number
  readonly brokers?: number
  readonly topics?: number
  readonly error?: string
}

export interface NameServerOutcome {
  readonly address: string
  readonly outcome: 'done' | 'planned' | 'failed'
  readonly error?: string
}

export interface NamesrvChange {
  readonly dryRun: boolean
  readonly nameServers: readonly NameServerOutcome[]
  /** The settings as they are afterwards, at the NameServer that answers first. */
  readonly entries: readonly ConfigEntry[]
}

export interface ClusterDescription {
  readonly cluster: string
  readonly healthy: boolean
  readonly findings: readonly HealthFinding[]
  readonly nameServers: readonly NameServerRow[]
  readonly brokers: readonly ClusterRow[]
  /** Topics of people; groups that are not the system's. */
  readonly topics: number
  readonly groups: number
  /** Sums over the masters that told. */
  readonly inTps: number
  readonly outTps: number
  readonly warnings: readonly string[]
}

/** Brokers are named by their name or by `host:port` as NameServers know it. */
export interface BrokerActs {
  brokerStats(target: Target): Promise<Listing<BrokerStatsRow>>
  /** Rejects with MQ_NOT_FOUND. */
  describeBroker(broker: string | undefined): Promise<BrokerDescription>
  brokerHa(target: Target): Promise<Listing<HaRow>>
  /** Rejects with MQ_NOT_SUPPORTED by a broker without a controller. */
  brokerEpochs(broker: string | undefined): Promise<BrokerEpochs>
  /** How far every group is in its queues on this broker. */
  brokerConsumeStats(broker: string | undefined): Promise<BrokerConsumeStats>
  cleanBrokers(kind: CleanKind, options: ChangeOptions): Promise<BrokerOutcomes>
  /** What a slave believes its master's disk to have. A master ignores it. */
  resetFlushOffset(broker: string, offset: number, dryRun?: boolean | undefined): Promise<BrokerOutcome>
  coldFlow(target: Target): Promise<Listing<ColdFlowRow>>
  /** Undefined takes the limit of the group away. */
  setColdFlow(group: string, threshold: number | undefined, options: ChangeOptions): Promise<BrokerOutcomes>
  /** Rejects with MQ_NOT_SUPPORTED where the store has no such mode. */
  setReadAhead(mode: 'normal' | 'random', options: ChangeOptions): Promise<BrokerOutcomes>
}

export interface ClusterActs {
  /** Rejects with MQ_NOT_FOUND, MQ_USAGE (which one?). */
  describeCluster(cluster: string | undefined): Promise<ClusterDescription>
  /** Sends to the topic that each broker has under its own name. */
  latency(wish: LatencyWish): Promise<Listing<LatencyRow>>
  /** Each NameServer that this side talks to. */
  nameServers(): Promise<Listing<NameServerRow>>
  /** At every NameServer. Rejects with MQ_NOT_FOUND for a key that there is not, MQ_NOT_PERMITTED, MQ_USAGE. */
  setNamesrvConfig(entries: readonly ConfigEntry[], dryRun?: boolean | undefined): Promise<NamesrvChange>
}
