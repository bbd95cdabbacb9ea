import type { PutGroup } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { groupArg, groupSettingFlags, groupSpec } from '../../src/cli/group-flags.ts'
import { one } from '../../src/cli/result.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class GroupUpdate extends MqCommand {
  static override summary = 'change settings of a consumer group'
  static override description = 'Only the settings that are given change; on every broker that has the group.'
  static override examples = [
    '<%= config.bin %> group update billing --max-retries 5',
    '<%= config.bin %> group update billing --no-broadcast --dry-run'
  ]
  static override result = one('PutGroup')
  static override args = groupArg
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags, ...groupSettingFlags }

  async run(): Promise<PutGroup> {
    const { args, flags } = await this.parse(GroupUpdate)
    const spec = groupSpec(args.group, flags)
    if (Object.keys(spec).length === 1) {
      throw new MqError('MQ_USAGE', 'no setting is given, so there is nothing to change', {
        suggestions: [`mq group describe ${args.group} shows the settings, mq group update --help the flags`]
      })
    }
    const done = await this.admin(flags, async admin => {
      const { brokers } = await admin.describeGroup(args.group)
      const has = brokers.map(row => row.brokerName)
      const where = flags.broker ?? (flags.cluster === undefined ? has : undefined)
      const options = { existing: 'update', cluster: flags.cluster, brokers: where, dryRun: flags['dry-run'] } as const
      return admin.putGroup(spec, options)
    })
    this.log(`Group ${done.group} ${done.dryRun ? 'would be ' : ''}${done.outcome} on ${done.brokers.join(', ')}`)
    return done
  }
}
