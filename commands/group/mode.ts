import { Args, Flags } from '@oclif/core'
import type { GroupMode as Mode } from '../../src/admin/group-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { outcomeColumns } from '../../src/cli/outcomes.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupMode extends MqCommand {
  static override summary = 'set whether the clients of a group pull a topic or pop it'
  static override description =
    'For clients that ask their broker how to consume (5.x). Popping needs a broker that has it: Apache’s has, mq’s has not yet and says so (exit 10).'
  static override examples = [
    '<%= config.bin %> group mode billing pull --topic orders',
    '<%= config.bin %> group mode billing pop --topic orders --share-queues 2 --dry-run'
  ]
  static override result = one('GroupMode')
  static override args = {
    ...groupArg,
    mode: Args.string({ required: true, ignoreStdin: true, options: ['pull', 'pop'], description: 'how it consumes' })
  }
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
    ...changeFlags,
    topic: Flags.string({ required: true, helpValue: 'TOPIC', description: 'topic that is pulled or popped' }),
    'share-queues': Flags.integer({ min: -1, default: 0, helpValue: 'N', description: 'queues that clients share' })
  }

  async run(): Promise<Mode> {
    const { args, flags } = await this.parse(GroupMode)
    const mode = args.mode === 'pop' ? 'POP' : 'PULL'
    const wish = { group: args.group, topic: flags.topic, mode, popShareQueueNum: flags['share-queues'] } as const
    const target = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const done = await this.admin(flags, admin => admin.groupMode({ ...wish, ...target }))
    this.table(done.brokers, outcomeColumns)
    return done.brokers.some(row => row.outcome === 'failed') ? this.endWith(done, 3) : done
  }
}
