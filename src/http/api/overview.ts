/** Everything that serves now, in one look: what a dashboard opens with. */
import type { Admin } from '../../admin/admin.ts'
import type { Overview } from '../../admin/api-rows.ts'
import type { Clock } from '../../kit/clock.ts'

export const overviewOf = async (admin: Admin, clock: Clock): Promise<Overview> => {
  const [health, brokers, topics, groups] = await Promise.all([
    admin.clusterHealth(),
    admin.clusters(),
    admin.topics(),
    admin.groups()
  ])
  const atMs = clock.now()
  return {
    at: new Date(atMs).toISOString(),
    atMs,
    healthy: health.healthy,
    findings: health.findings,
    brokers: brokers.items,
    topics: topics.items.length,
    groups: groups.items.length,
    lag: groups.items.reduce((sum, row) => sum + row.lag, 0),
    warnings: [...new Set([...brokers.warnings, ...topics.warnings, ...groups.warnings])]
  }
}
