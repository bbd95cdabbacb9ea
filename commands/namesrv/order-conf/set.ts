import { Args } from '@oclif/core'
import { MqCommand } from '../../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { checkedOrder, orderNamespace, setKey } from '../../../src/cli/key-values.ts'
import { one } from '../../../src/cli/result.ts'
import type { KvChange } from '../../../src/cli/result-rows.ts'
import { topicArg } from '../../../src/cli/topic-args.ts'

export default class NamesrvOrderConfSet extends MqCommand {
  static override summary = 'fix the queues that clients of an ordered topic see'
  static override description =
    '`mq topic create --order` does it too. NameServers tell it only with orderMessageEnable=true.'
  static override examples = [
    '<%= config.bin %> namesrv order-conf set orders "broker-a:4;broker-b:4"',
    '<%= config.bin %> namesrv order-conf set orders broker-a:8 --dry-run'
  ]
  static override result = one('KvChange')
  static override args = {
    ...topicArg,
    queues: Args.string({ required: true, ignoreStdin: true, description: 'BROKER:QUEUES, several separated by ;' })
  }
  static override flags = { ...connectionFlags, ...changeFlags }

  async run(): Promise<KvChange> {
    const { args, flags } = await this.parse(NamesrvOrderConfSet)
    const entry = { key: args.topic, value: checkedOrder(args.queues) }
    const done = await this.admin(flags, admin => setKey(admin, orderNamespace, entry, flags['dry-run']))
    this.log(`Queues of ${entry.key}: ${entry.value} (${done.outcome})`)
    return done
  }
}
