import { Flags } from '@oclif/core'
import type { PutGroup } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { groupArg, groupSettingFlags, groupSpec } from '../../src/cli/group-flags.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupCreate extends MqCommand {
  static override summary = 'create a consumer group'
  static override description =
    'On every broker of the cluster, unless --broker names some. Settings that are not given take the brokers’ defaults.'
  static override examples = [
    '<%= config.bin %> group create billing',
    '<%= config.bin %> group create audit --max-retries 3 --if-not-exists',
    '<%= config.bin %> group create billing --orderly --or-update --dry-run'
  ]
  static override result = one('PutGroup')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
    ...changeFlags,
    ...groupSettingFlags,
    'if-not-exists': Flags.boolean({ exclusive: ['or-update'], description: 'leave a group that is there as it is' }),
    'or-update': Flags.boolean({ description: 'change a group that is there' })
  }

  async run(): Promise<PutGroup> {
    const { args, flags } = await this.parse(GroupCreate)
    const existing = flags['or-update'] ? 'update' : flags['if-not-exists'] ? 'keep' : 'fail'
    const options = { existing, cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] } as const
    const done = await this.admin(flags, admin => admin.putGroup(groupSpec(args.group, flags), options))
    const verb = done.dryRun && done.outcome !== 'kept' ? `would be ${done.outcome}` : done.outcome
    this.log(
      done.outcome === 'kept'
        ? `Group ${done.group} is there already on ${done.brokers.join(', ')}`
        : `Group ${done.group} ${verb} on ${done.brokers.join(', ')}`
    )
    return done
  }
}
