import type { ChangedTopic } from '../../src/admin/topic-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { isPartial } from '../../src/cli/outcomes.ts'
import { one } from '../../src/cli/result.ts'
import { topicArg, topicChange, topicChangeFlags } from '../../src/cli/topic-args.ts'
import { topicChangeColumns } from '../../src/cli/topic-tables.ts'

export default class TopicUpdate extends MqCommand {
  static override summary = 'change settings of a topic'
  static override description =
    'Only the settings that are given change; on every broker that has the topic, or on those that are named.'
  static override examples = [
    '<%= config.bin %> topic update orders --queues 16',
    '<%= config.bin %> topic update orders --attr cleanup.policy=DELETE --attr=-message.type --dry-run'
  ]
  static override result = one('ChangedTopic')
  static override args = topicArg
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags, ...topicChangeFlags }

  async run(): Promise<ChangedTopic> {
    const { args, flags } = await this.parse(TopicUpdate)
    const change = topicChange(args.topic, flags)
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const done = await this.admin(flags, admin => admin.changeTopic(change, options))
    this.table(done.brokers, topicChangeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
