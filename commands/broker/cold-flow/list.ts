import type { ColdFlowRow } from '../../../src/admin/broker-rows.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags, targetFlags } from '../../../src/cli/flags.ts'
import { listOf } from '../../../src/cli/result.ts'

export default class BrokerColdFlowList extends MqCommand {
  static override summary = 'list the limits on reads of old messages'
  static override description =
    "In bytes of a while: a broker's own limits, and those of single groups. Brokers of mq keep them and limit nothing."
  static override examples = [
    '<%= config.bin %> broker cold-flow list',
    '<%= config.bin %> broker cold-flow list --broker broker-a --json'
  ]
  static override result = listOf('ColdFlowRow')
  static override flags = { ...connectionFlags, ...targetFlags }

  async run(): Promise<ListResult<ColdFlowRow>> {
    const { flags } = await this.parse(BrokerColdFlowList)
    const target = { cluster: flags.cluster, brokers: flags.broker }
    const { items, warnings } = await this.admin(flags, admin => admin.coldFlow(target))
    this.warnAll(warnings)
    const lines = items.flatMap(row => [
      { brokerName: row.brokerName, group: 'all groups', threshold: row.globalThreshold, read: row.globalRead },
      { brokerName: row.brokerName, group: 'any other group', threshold: row.groupThreshold, read: undefined },
      ...row.groups.map(({ group, threshold, read }) => ({ brokerName: row.brokerName, group, threshold, read }))
    ])
    this.table(lines, [
      { title: 'BROKER', value: line => line.brokerName },
      { title: 'GROUP', value: line => line.group },
      { title: 'LIMIT', value: line => line.threshold, align: 'right' },
      { title: 'READ', value: line => line.read, align: 'right' }
    ])
    return { items, truncated: false, next: null, warnings }
  }
}
