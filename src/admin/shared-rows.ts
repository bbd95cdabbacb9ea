/** What rows of all subjects share. Plain data, as in admin.ts. */

/** A list that may lack what a broker did not tell. */
export interface Listing<Item> {
  readonly items: readonly Item[]
  readonly warnings: readonly string[]
}

export interface Target {
  readonly cluster?: string | undefined
  readonly brokers?: readonly string[] | undefined
}

export interface ConfigEntry {
  readonly key: string
  readonly value: string
}

/** What became of an act at one of several brokers. */
export interface BrokerOutcome {
  readonly brokerName: string
  readonly outcome: 'done' | 'unchanged' | 'planned' | 'failed'
  /** Why it failed; absent otherwise. */
  readonly error?: string
}

/** What became of an act at each broker. Some may have failed; when all did, the act itself rejects. */
export interface BrokerOutcomes {
  readonly dryRun: boolean
  readonly brokers: readonly BrokerOutcome[]
}
