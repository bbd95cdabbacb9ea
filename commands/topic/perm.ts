import { Args } from '@oclif/core'
import type { ChangedTopic } from '../../src/admin/topic-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { isPartial } from '../../src/cli/outcomes.ts'
import { parsePerm } from '../../src/cli/perms.ts'
import { one } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'
import { topicChangeColumns } from '../../src/cli/topic-tables.ts'

export default class TopicPerm extends MqCommand {
  static override summary = 'change what clients may do with a topic'
  static override description = 'RW = read and write, R = only read, W = only write, 0 = neither.'
  static override examples = [
    '<%= config.bin %> topic perm orders R',
    '<%= config.bin %> topic perm orders RW --broker broker-a --dry-run'
  ]
  static override result = one('ChangedTopic')
  static override args = {
    ...topicArg,
    perm: Args.string({ required: true, ignoreStdin: true, description: 'RW, R, W or 0' })
  }
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags }

  async run(): Promise<ChangedTopic> {
    const { args, flags } = await this.parse(TopicPerm)
    const change = { topic: args.topic, perm: parsePerm(args.perm) }
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const done = await this.admin(flags, admin => admin.changeTopic(change, options))
    this.table(done.brokers, topicChangeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
