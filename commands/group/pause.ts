import { Flags } from '@oclif/core'
import type { PausedGroup } from '../../src/admin/group-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { outcomeColumns } from '../../src/cli/outcomes.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupPause extends MqCommand {
  static override summary = 'stop giving messages to a group'
  static override description =
    "Its members stay online and get nothing; its offsets stay, and its lag grows. With --topic only that topic: Apache's brokers heed this for a few clients only."
  static override examples = [
    '<%= config.bin %> group pause billing',
    '<%= config.bin %> group pause billing --topic orders --dry-run'
  ]
  static override result = one('PausedGroup')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
    ...changeFlags,
    topic: Flags.string({ helpValue: 'TOPIC', description: 'only this topic' })
  }

  async run(): Promise<PausedGroup> {
    const { args, flags } = await this.parse(GroupPause)
    const target = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const wish = { group: args.group, topic: flags.topic, paused: true, ...target }
    const done = await this.admin(flags, admin => admin.pauseGroup(wish))
    this.table(done.brokers, outcomeColumns)
    return done.brokers.some(row => row.outcome === 'failed') ? this.endWith(done, 3) : done
  }
}
