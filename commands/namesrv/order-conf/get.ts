import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { oneKey, orderNamespace } from '../../../src/cli/key-values.ts'
import { one } from '../../../src/cli/result.ts'
import { topicArg } from '../../../src/cli/topic-args.ts'

export default class NamesrvOrderConfGet extends MqCommand {
  static override summary = 'show the fixed queues of an ordered topic'
  static override description =
    'As BROKER:QUEUES;…: clients of an ordered topic see these queues even while a broker is away.'
  static override examples = [
    '<%= config.bin %> namesrv order-conf get orders',
    '<%= config.bin %> namesrv order-conf get orders --json'
  ]
  static override result = one('ConfigEntry')
  static override args = topicArg
  static override flags = { ...connectionFlags }

  async run(): Promise<ConfigEntry> {
    const { args, flags } = await this.parse(NamesrvOrderConfGet)
    const entry = await this.admin(flags, admin => oneKey(admin, orderNamespace, args.topic))
    this.log(entry.value)
    return entry
  }
}
