/** What acts on brokers and clusters answer. Plain data, as in admin.ts. */

export interface HealthFinding {
  readonly level: 'warning' | 'critical'
  readonly brokerName: string
  readonly what: string
}

export interface ClusterHealth {
  readonly healthy: boolean
  readonly brokers: number
  readonly findings: readonly HealthFinding[]
}

export interface WritePermission {
  readonly brokerName: string
  readonly writable: boolean
  readonly dryRun: boolean
}
