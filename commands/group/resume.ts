import { Flags } from '@oclif/core'
import type { PausedGroup } from '../../src/admin/group-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { outcomeColumns } from '../../src/cli/outcomes.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupResume extends MqCommand {
  static override summary = 'give messages to a group again'
  static override description = 'Undoes `mq group pause`, for the whole group or, with --topic, for one topic.'
  static override examples = [
    '<%= config.bin %> group resume billing',
    '<%= config.bin %> group resume billing --topic orders --dry-run'
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
    const { args, flags } = await this.parse(GroupResume)
    const target = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const wish = { group: args.group, topic: flags.topic, paused: false, ...target }
    const done = await this.admin(flags, admin => admin.pauseGroup(wish))
    this.table(done.brokers, outcomeColumns)
    return done.brokers.some(row => row.outcome === 'failed') ? this.endWith(done, 3) : done
  }
}
