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

export interface ManifestPlace {
  readonly name: string
  readonly cluster?: string
  readonly brokers?: readonly string[]
}

/** A manifest as it is exported. */
export interface ManifestDocument {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ManifestPlace
  readonly spec: Readonly<Record<string, unknown>>
}

/** A setting that differs from the manifest; without `after` it is taken away. */
export interface FieldChange {
  readonly field: string
  readonly before?: string
  readonly after?: string
}

/** An object of a manifest, and what is to be done, or was, at some brokers. */
export interface ManifestRow {
  readonly kind: string
  readonly name: string
  readonly brokers: readonly string[]
  readonly action: 'create' | 'update' | 'none' | 'skip'
  readonly changes: readonly FieldChange[]
  readonly outcome: 'planned' | 'done' | 'failed' | 'unchanged' | 'skipped'
  readonly error?: string
}

/** A context as it may be shown: its token is not. */
export interface ContextRow {
  readonly name: string
  readonly current: boolean
  readonly namesrv: readonly string[]
  readonly api?: string
  readonly cluster?: string
  readonly timeout?: string
  readonly map?: Readonly<Record<string, string>>
  readonly readOnly: boolean
  readonly hasToken: boolean
  readonly tokenFile?: string
  readonly color?: string
}

/** What `context` commands have changed. */
export interface ContextChange {
  readonly name: string
  readonly outcome: 'added' | 'changed' | 'used' | 'deleted' | 'renamed' | 'unchanged'
  readonly dryRun: boolean
}

/** Whether a context's cluster answers, over each of its roads. */
export interface ContextTest {
  readonly name: string
  readonly road: 'http' | 'remoting'
  readonly address: string
  readonly ok: boolean
  /** Milliseconds until the answer. */
  readonly ms?: number
  readonly brokers?: number
  readonly error?: string
}

/** A setting in effect, and where it comes from. */
export interface EffectiveSetting {
  readonly key: string
  readonly value: string
  readonly source: string
}

/** A fault of a configuration file. */
export interface ConfigFinding {
  readonly file: string
  readonly kind: 'broker' | 'namesrv' | 'project' | 'contexts'
  readonly ok: boolean
  readonly detail: string
}

export interface WrittenFile {
  readonly file: string
  readonly outcome: 'written' | 'kept' | 'planned'
}

/** One code of the tables: mq's own, or RocketMQ's response codes. */
export interface ErrorInfo {
  readonly code: string
  readonly name: string
  readonly exitCode?: number
  readonly retryable?: boolean
  readonly meaning: string
  readonly suggestion?: string
}

export interface VersionInfo {
  readonly mq: string
  readonly node: string
  readonly platform: string
}

/** One line of a cheat sheet. */
export interface CheatLine {
  readonly topic: string
  readonly does: string
  readonly command: string
}

export interface DocsPage {
  readonly page: string
  readonly about: string
  readonly path: string
}

/** `dev env`: the variables that clients and `mq` read. */
export interface DevEnv {
  readonly NAMESRV_ADDR: string
  readonly MQ_API: string
}

/** `dev reset`. */
export interface DevReset {
  readonly dataDir: string
  /** Names within it that were removed, or would be. */
  readonly entries: readonly string[]
  readonly dryRun: boolean
}

/** `service print`, `install` and `uninstall`. */
export interface ServiceUnit {
  readonly unit: string
  readonly path: string
  readonly text: string
  readonly dryRun: boolean
  /** What to run next, in this order. */
  readonly next: readonly string[]
}

/** One check of `doctor`. */
export interface DoctorFinding {
  readonly name: string
  readonly state: 'good' | 'doubtful' | 'bad'
  readonly found: string
  /** What to do, where it is not good. */
  readonly fix?: string
  /** Whether --fix has mended it. */
  readonly fixed?: boolean
}

export interface DoctorReport {
  readonly healthy: boolean
  readonly findings: readonly DoctorFinding[]
}
