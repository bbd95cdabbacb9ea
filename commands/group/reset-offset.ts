import { Flags } from '@oclif/core'
import type { ResetResult } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../src/cli/flags.ts'
import { groupArg, queueFlags } from '../../src/cli/group-flags.ts'
import { resetColumns } from '../../src/cli/group-tables.ts'
import { doReset, planReset, resetSummary, writeUndo } from '../../src/cli/reset-offsets.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupResetOffset extends MqCommand {
  static override summary = 'move what a group has consumed, after a preview'
  static override description =
    'Shows each queue from → to and what it means. Only with --execute (or --yes) is it done, and then exactly as shown, for groups that are online and for those that are not.'
  static override examples = [
    '<%= config.bin %> group reset-offset billing --topic orders --to @-2h',
    '<%= config.bin %> group reset-offset billing --topic orders --to @2026-11-24T10:00:00Z --execute --undo-file undo.json',
    '<%= config.bin %> group reset-offset billing --topic orders --to 1200 --queue 3 --broker broker-a --execute'
  ]
  static override result = one('ResetResult')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    ...queueFlags,
    ...changeFlags,
    to: Flags.string({ required: true, helpValue: 'PLACE', description: 'start, end, N, +N, -N, @TIME or @-90m' }),
    execute: Flags.boolean({ description: 'do it; otherwise only the preview is shown' }),
    yes: Flags.boolean({ char: 'y', description: 'the same as --execute' }),
    'undo-file': Flags.string({ helpValue: 'FILE', description: 'write the offsets of before, for `offsets import`' })
  }

  async run(): Promise<ResetResult> {
    const { args, flags } = await this.parse(GroupResetOffset)
    const execute = (flags.execute || flags.yes) && !flags['dry-run']
    const where = { group: args.group, topic: flags.topic, queueId: flags.queue, brokerName: flags.broker }
    const result = await this.admin(flags, async admin => {
      const plan = await planReset(admin, where, flags.to)
      if (!execute) return plan
      if (flags['undo-file'] !== undefined) writeUndo(flags['undo-file'], plan)
      return doReset(admin, plan)
    })
    this.warnAll(result.warnings)
    this.table(result.queues, resetColumns)
    this.log('')
    this.log(resetSummary(result))
    if (!execute) this.log('Nothing was changed. Add --execute to do exactly this.')
    else if (flags['undo-file'] !== undefined) this.log(`Undo: mq group offsets import ${flags['undo-file']} --yes`)
    return result.queues.some(row => row.outcome === 'failed') ? this.endWith(result, 3) : result
  }
}
