import { Flags } from '@oclif/core'
import type { BrokerStatsRow } from '../../src/admin/broker-rows.ts'
import { anyBrokerArg, clusterFlag, targetOf } from '../../src/cli/broker-args.ts'
import { brokerStatsColumns } from '../../src/cli/broker-tables.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import { settingColumns } from '../../src/cli/settings.ts'

export default class BrokerStats extends MqCommand {
  static override summary = 'show what goes in and out of brokers'
  static override description =
    'Messages per second and counts of the day; --figures adds every figure that a broker tells of itself.'
  static override examples = [
    '<%= config.bin %> broker stats',
    '<%= config.bin %> broker stats broker-a --figures',
    '<%= config.bin %> broker stats --json'
  ]
  static override result = listOf('BrokerStatsRow')
  static override args = anyBrokerArg
  static override flags = {
    ...connectionFlags,
    ...clusterFlag,
    figures: Flags.boolean({ description: 'also every figure, key by key' })
  }

  async run(): Promise<ListResult<BrokerStatsRow>> {
    const { args, flags } = await this.parse(BrokerStats)
    const target = targetOf(args.broker, flags.cluster)
    const { items, warnings } = await this.admin(flags, admin => admin.brokerStats(target))
    this.warnAll(warnings)
    this.table(items, brokerStatsColumns)
    for (const { brokerName, brokerId, figures } of flags.figures ? items : []) {
      this.log('')
      this.log(`${brokerName}/${brokerId}`)
      this.table(
        Object.entries(figures).map(([key, value]) => ({ key, value })),
        settingColumns
      )
    }
    return { items, truncated: false, next: null, warnings }
  }
}
