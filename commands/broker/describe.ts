import type { BrokerDescription } from '../../src/admin/broker-rows.ts'
import { maybeBrokerArg } from '../../src/cli/broker-args.ts'
import { haColumns, haLines, processColumns } from '../../src/cli/broker-tables.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class BrokerDescribe extends MqCommand {
  static override summary = 'show a broker: its processes, replication, and what it has'
  static override description = 'Master and slaves of one name. `mq broker stats --figures` has every figure.'
  static override examples = [
    '<%= config.bin %> broker describe broker-a',
    '<%= config.bin %> broker describe broker-a --json'
  ]
  static override result = one('BrokerDescription')
  static override args = maybeBrokerArg
  static override flags = { ...connectionFlags }

  async run(): Promise<BrokerDescription> {
    const { args, flags } = await this.parse(BrokerDescribe)
    const found = await this.admin(flags, admin => admin.describeBroker(args.broker))
    this.warnAll(found.warnings)
    this.log(`${found.brokerName}  ${found.topics ?? '?'} topics  ${found.groups ?? '?'} groups`)
    this.log('')
    this.table(found.processes, processColumns)
    if (found.replication.length > 0) {
      this.log('')
      this.table(haLines(found.replication), haColumns)
    }
    return found
  }
}
