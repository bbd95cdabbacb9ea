import type { HaRow } from '../../src/admin/broker-rows.ts'
import { anyBrokerArg, clusterFlag, targetOf } from '../../src/cli/broker-args.ts'
import { haColumns, haLines } from '../../src/cli/broker-tables.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class BrokerHa extends MqCommand {
  static override summary = 'show how far slaves are behind their masters'
  static override description = 'A line for each slave of a master, in bytes of the commit log.'
  static override examples = ['<%= config.bin %> broker ha', '<%= config.bin %> broker ha broker-a --json']
  static override result = listOf('HaRow')
  static override args = anyBrokerArg
  static override flags = { ...connectionFlags, ...clusterFlag }

  async run(): Promise<ListResult<HaRow>> {
    const { args, flags } = await this.parse(BrokerHa)
    const target = targetOf(args.broker, flags.cluster)
    const { items, warnings } = await this.admin(flags, admin => admin.brokerHa(target))
    this.warnAll(warnings)
    this.table(haLines(items), haColumns)
    return { items, truncated: false, next: null, warnings }
  }
}
