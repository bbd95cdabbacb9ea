import type { ClusterRow } from '../../src/admin/broker-rows.ts'
import { clusterFlag } from '../../src/cli/broker-args.ts'
import { processColumns } from '../../src/cli/broker-tables.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class BrokerList extends MqCommand {
  static override summary = 'list brokers: masters and slaves'
  static override description = 'Each process that NameServers know; one that does not answer has no version.'
  static override examples = [
    '<%= config.bin %> broker list',
    '<%= config.bin %> broker list --cluster DefaultCluster --json'
  ]
  static override result = listOf('ClusterRow')
  static override flags = { ...connectionFlags, ...clusterFlag }

  async run(): Promise<ListResult<ClusterRow>> {
    const { flags } = await this.parse(BrokerList)
    const { items: all, warnings } = await this.admin(flags, admin => admin.clusters())
    const items = all.filter(row => flags.cluster === undefined || row.cluster === flags.cluster)
    this.warnAll(warnings)
    if (items.length === 0) this.logToStderr('No broker is registered.')
    else this.table(items, processColumns)
    return { items, truncated: false, next: null, warnings }
  }
}
