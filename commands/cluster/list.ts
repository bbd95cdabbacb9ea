import type { ClusterRow } from '../../src/admin/broker-rows.ts'
import { clusterFlag } from '../../src/cli/broker-args.ts'
import { processColumns } from '../../src/cli/broker-tables.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class ClusterList extends MqCommand {
  static override summary = 'list clusters and their brokers'
  static override description = 'Each broker process with its version, rates and disk.'
  static override examples = [
    '<%= config.bin %> cluster list',
    '<%= config.bin %> cluster list -n 10.0.0.5:9876 --json'
  ]
  static override result = listOf('ClusterRow')
  static override flags = { ...connectionFlags, ...clusterFlag }

  async run(): Promise<ListResult<ClusterRow>> {
    const { flags } = await this.parse(ClusterList)
    const { items: all, warnings } = await this.admin(flags, admin => admin.clusters())
    const items = all.filter(row => flags.cluster === undefined || row.cluster === flags.cluster)
    this.warnAll(warnings)
    if (items.length === 0) this.logToStderr('No broker is registered.')
    else this.table(items, processColumns)
    return { items, truncated: false, next: null, warnings }
  }
}
