import type { DeletedTopic } from '../../src/admin/topic-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { changeFlags, confirmFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { isPartial, outcomeColumns } from '../../src/cli/outcomes.ts'
import { one } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'

export default class TopicDelete extends MqCommand {
  static override summary = 'delete a topic with its queues'
  static override description =
    'Its messages can no longer be read. Without a terminal, --confirm NAME or --yes is needed.'
  static override examples = [
    '<%= config.bin %> topic delete orders --dry-run',
    '<%= config.bin %> topic delete orders --confirm orders',
    '<%= config.bin %> topic delete orders --broker broker-b --yes'
  ]
  static override result = one('DeletedTopic')
  static override args = topicArg
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<DeletedTopic> {
    const { args, flags } = await this.parse(TopicDelete)
    const { topic } = args
    const target = { cluster: flags.cluster, brokers: flags.broker }
    const done = await this.admin(flags, async admin => {
      const plan = await admin.deleteTopic(topic, { ...target, dryRun: true })
      if (flags['dry-run']) return plan
      const where = plan.brokers.map(row => row.brokerName).join(', ')
      await confirmed(`deleting the topic ${topic} on ${where}`, topic, flags)
      return admin.deleteTopic(topic, target)
    })
    const names = done.brokers.filter(row => row.outcome !== 'failed').map(row => row.brokerName)
    this.log(`Topic ${topic} ${done.dryRun ? 'would be ' : ''}deleted on ${names.join(', ')}`)
    if (!isPartial(done.brokers)) return done
    this.table(done.brokers, outcomeColumns)
    return this.endWith(done, exitCodes.partial)
  }
}
