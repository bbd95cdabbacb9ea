/** What commands return that is no administrative act: interfaces for `static result` and `static streamOf`. Plain data. */

export interface BenchLatency {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** `bench`: what the last second brought. */
export interface BenchSecond {
  readonly event: 'second'
  /** Since the start, from 1. */
  readonly second: number
  readonly msgs: number
  readonly bytes: number
  readonly errors: number
  readonly latency: BenchLatency
}

export interface BenchResult {
  readonly event: 'result'
  readonly kind: 'produce' | 'consume' | 'e2e'
  readonly topics: readonly string[]
  readonly clients: number
  /** Whether Ctrl-C or a failure ended it before its time. */
  readonly interrupted: boolean
  readonly seconds: number
  readonly msgs: number
  readonly bytes: number
  readonly msgsPerSecond: number
  readonly bytesPerSecond: number
  /** Sends that failed. */
  readonly errors: number
  /** Acknowledged, or there before, and never received. */
  readonly lost: number
  /** Received with other bytes than were sent. */
  readonly damaged: number
  /** Received more than once. */
  readonly duplicates: number
  readonly latency: BenchLatency
}

export type BenchEvent = BenchSecond | BenchResult

export interface TopicClusterRow {
  readonly cluster: string
  readonly brokers: readonly string[]
}

export interface AllocatedQueue {
  readonly brokerName: string
  readonly queueId: number
}

export interface AllocationRow {
  readonly clientId: string
  readonly queues: readonly AllocatedQueue[]
}

/** A setting that two brokers have different; absent = that broker has no such setting. */
export interface ConfigDifference {
  readonly key: string
  readonly left?: string
  readonly right?: string
}

/** What became of a setting at one broker. */
export interface ConfigChangeRow {
  readonly brokerName: string
  readonly key: string
  readonly before?: string
  readonly after: string
  readonly outcome: 'done' | 'unchanged' | 'planned' | 'failed'
  readonly error?: string
}

/** What became of a key of NameServers. */
export interface KvChange {
  readonly namespace: string
  readonly key: string
  readonly value?: string
  readonly outcome: 'done' | 'unchanged' | 'planned'
}

export interface DrainedBroker {
  readonly brokerName: string
  readonly writable: boolean
  readonly dryRun: boolean
  /** Messages that groups have not consumed; absent when nobody waited for them. */
  readonly lag?: number
}
