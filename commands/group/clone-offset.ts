import { Args, Flags } from '@oclif/core'
import type { CloneResult } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupCloneOffset extends MqCommand {
  static override summary = 'give a group the offsets of another'
  static override description =
    'What the second group has committed is overwritten. Stop its members first: those that are online commit over it.'
  static override examples = [
    '<%= config.bin %> group clone-offset billing billing-v2 --topic orders --dry-run',
    '<%= config.bin %> group clone-offset billing billing-v2 --yes'
  ]
  static override result = one('CloneResult')
  static override args = {
    source: Args.string({ required: true, ignoreStdin: true, description: 'group whose offsets are taken' }),
    into: Args.string({ required: true, ignoreStdin: true, description: 'group that gets them' })
  }
  static override flags = {
    ...connectionFlags,
    ...changeFlags,
    ...confirmFlags,
    topic: Flags.string({ helpValue: 'TOPIC', description: 'only the offsets of this topic' })
  }

  async run(): Promise<CloneResult> {
    const { args, flags } = await this.parse(GroupCloneOffset)
    const wish = { group: args.source, into: args.into, topic: flags.topic }
    const done = await this.admin(flags, async admin => {
      const plan = await admin.cloneOffsets({ ...wish, dryRun: true })
      if (flags['dry-run']) return plan
      await confirmed(`overwriting the offsets of ${args.into}`, args.into, flags)
      return admin.cloneOffsets(wish)
    })
    const topics = done.topics.length === 0 ? 'no topic' : done.topics.join(', ')
    this.log(`Offsets of ${done.group} in ${topics} ${done.dryRun ? 'would be' : 'were'} given to ${done.into}`)
    return done
  }
}
