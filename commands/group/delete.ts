import { Flags } from '@oclif/core'
import type { Deleted } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupDelete extends MqCommand {
  static override summary = 'delete a consumer group'
  static override description =
    'Its offsets stay unless --with-offsets is given: a group of the same name would go on there. Its retry and dead letter topics stay, since they hold messages; `mq topic delete` deletes them.'
  static override examples = [
    '<%= config.bin %> group delete billing',
    '<%= config.bin %> group delete billing --with-offsets --confirm billing'
  ]
  static override result = one('Deleted')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
    ...changeFlags,
    ...confirmFlags,
    'with-offsets': Flags.boolean({ description: 'also forget what it has consumed' })
  }

  async run(): Promise<Deleted> {
    const { args, flags } = await this.parse(GroupDelete)
    const options = { cluster: flags.cluster, brokers: flags.broker, withOffsets: flags['with-offsets'] === true }
    const done = await this.admin(flags, async admin => {
      const plan = await admin.deleteGroup(args.group, { ...options, dryRun: true })
      if (flags['dry-run']) return plan
      const { online, members } = await admin.groupMembers(args.group)
      const who = online ? `, which ${members.length} clients are consuming with,` : ''
      await confirmed(`deleting the group ${args.group}${who} on ${plan.brokers.join(', ')}`, args.group, flags)
      return admin.deleteGroup(args.group, options)
    })
    const offsets = flags['with-offsets'] ? 'with its offsets' : 'its offsets stay'
    const verb = done.dryRun ? 'would be deleted' : 'deleted'
    this.log(`Group ${args.group} ${verb} on ${done.brokers.join(', ')}; ${offsets}`)
    return done
  }
}
