import type { ResetResult } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../src/cli/flags.ts'
import { groupArg, queueFlags } from '../../src/cli/group-flags.ts'
import { resetColumns } from '../../src/cli/group-tables.ts'
import { doReset, planReset, resetSummary } from '../../src/cli/reset-offsets.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupSkip extends MqCommand {
  static override summary = 'let a group pass over all messages that wait'
  static override description =
    'Sets its offsets to the end of each queue. The messages stay in the topic; `mq group reset-offset` goes back to them.'
  static override examples = [
    '<%= config.bin %> group skip billing --topic orders --dry-run',
    '<%= config.bin %> group skip billing --topic orders --yes'
  ]
  static override result = one('ResetResult')
  static override args = groupArg
  static override flags = { ...connectionFlags, ...queueFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<ResetResult> {
    const { args, flags } = await this.parse(GroupSkip)
    const where = { group: args.group, topic: flags.topic, queueId: flags.queue, brokerName: flags.broker }
    const result = await this.admin(flags, async admin => {
      const plan = await planReset(admin, where, 'end')
      if (flags['dry-run']) return plan
      await confirmed(`skipping ${plan.skipped} messages of ${flags.topic} for ${args.group}`, args.group, flags)
      return doReset(admin, plan)
    })
    this.warnAll(result.warnings)
    this.table(result.queues, resetColumns)
    this.log('')
    this.log(resetSummary(result))
    return result.queues.some(row => row.outcome === 'failed') ? this.endWith(result, 3) : result
  }
}
