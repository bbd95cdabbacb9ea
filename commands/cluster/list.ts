import type { ClusterRow } from '../../src/admin/admin.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'

export default class ClusterList extends MqCommand {
  static override summary = 'list clusters and their brokers'
  static override examples = [
    '<%= config.bin %> cluster list',
    '<%= config.bin %> cluster list -n 10.0.0.5:9876 --json'
  ]
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<ClusterRow>> {
    const { flags } = await this.parse(ClusterList)
    const { items, warnings } = await this.admin(flags, admin => admin.clusters())
    this.warnAll(warnings)
    if (items.length === 0) this.logToStderr('No broker is registered.')
    else {
      this.table(items, [
        { title: 'CLUSTER', value: row => row.cluster },
        { title: 'BROKER', value: row => row.brokerName },
        { title: 'ID', value: row => row.brokerId, align: 'right' },
        { title: 'ADDRESS', value: row => row.address },
        { title: 'VERSION', value: row => row.version },
        { title: 'IN/S', value: row => row.inTps, align: 'right' },
        { title: 'OUT/S', value: row => row.outTps, align: 'right' },
        { title: 'DISK %', value: row => row.diskUsedPercent, align: 'right' },
        { title: 'STARTED', value: row => row.started?.replace(/\.\d+Z$/, 'Z') }
      ])
    }
    return { items, truncated: false, next: null, warnings }
  }
}
