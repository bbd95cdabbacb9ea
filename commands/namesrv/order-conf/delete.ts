import { MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { deleteKey, orderNamespace } from '../../../src/cli/key-values.ts'
import { one } from '../../../src/cli/result.ts'
import type { KvChange } from '../../../src/cli/result-rows.ts'
import { topicArg } from '../../../src/cli/topic-args.ts'

export default class NamesrvOrderConfDelete extends MqCommand {
  static override summary = 'let clients of an ordered topic see the queues as they are'
  static override description = 'The topic itself stays. Without a terminal, --confirm TOPIC or --yes is needed.'
  static override examples = [
    '<%= config.bin %> namesrv order-conf delete orders --yes',
    '<%= config.bin %> namesrv order-conf delete orders --dry-run'
  ]
  static override result = one('KvChange')
  static override args = topicArg
  static override flags = { ...connectionFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<KvChange> {
    const { args, flags } = await this.parse(NamesrvOrderConfDelete)
    const { topic } = args
    const done = await this.admin(flags, async admin => {
      const plan = await deleteKey(admin, orderNamespace, topic, true)
      if (flags['dry-run']) return plan
      await confirmed(`removing the fixed queues of ${topic}`, topic, flags)
      return deleteKey(admin, orderNamespace, topic, false)
    })
    this.log(`Fixed queues of ${topic} ${done.outcome === 'planned' ? 'would be ' : ''}removed`)
    return done
  }
}
