import { parkedTopic } from '../../src/admin/parked-topic.ts'
import type { DeletedTopic } from '../../src/admin/topic-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { ofGroup } from '../../src/cli/dead-letters.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { one } from '../../src/cli/result.ts'

export default class DlqPurge extends MqCommand {
  static override summary = 'delete all dead letters of a group'
  static override description =
    'RocketMQ cannot delete single messages, so the dead letter topic goes as a whole; the broker makes it anew for the next dead letter. Export first what may be needed.'
  static override examples = [
    '<%= config.bin %> dlq purge billing --dry-run',
    '<%= config.bin %> dlq purge billing --confirm billing'
  ]
  static override result = one('DeletedTopic')
  static override args = groupArg
  static override flags = { ...connectionFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<DeletedTopic> {
    const { args, flags } = await this.parse(DlqPurge)
    const topic = parkedTopic('dlq', args.group)
    const { done, messages } = await this.admin(flags, admin =>
      ofGroup('dlq', args.group, async () => {
        const { messages } = await admin.describeTopic(topic)
        if (!flags['dry-run']) await confirmed(`deleting ${messages} dead letters of ${args.group}`, args.group, flags)
        return { done: await admin.deleteTopic(topic, { dryRun: flags['dry-run'] }), messages }
      })
    )
    this.log(`${messages} dead letters of ${args.group} ${done.dryRun ? 'would be' : 'were'} deleted`)
    return done
  }
}
