import { Args, Flags } from '@oclif/core'
import type { ResetResult } from '../../../src/admin/group-rows.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { resetColumns } from '../../../src/cli/group-tables.ts'
import { importOffsets, readOffsets, resetSummary } from '../../../src/cli/reset-offsets.ts'
import { listOf } from '../../../src/cli/result.ts'

export default class GroupOffsetsImport extends MqCommand {
  static override summary = 'set the offsets of a group from a file'
  static override description =
    'Reads what `mq group offsets export` and `mq group reset-offset --undo-file` write. Offsets outside of what a queue holds now are moved to its nearer end.'
  static override examples = [
    '<%= config.bin %> group offsets import undo.json --dry-run',
    '<%= config.bin %> group offsets import billing.json --group billing-v2 --yes'
  ]
  static override result = listOf('ResetResult')
  static override args = {
    file: Args.string({ required: true, ignoreStdin: true, description: 'the file; - = stdin' })
  }
  static override flags = {
    ...connectionFlags,
    ...changeFlags,
    ...confirmFlags,
    group: Flags.string({
      char: 'g',
      helpValue: 'GROUP',
      description: 'group that gets them, when not the one named there'
    })
  }

  async run(): Promise<ListResult<ResetResult>> {
    const { args, flags } = await this.parse(GroupOffsetsImport)
    const { group: named, offsets } = await readOffsets(args.file)
    const group = flags.group ?? named
    const items = await this.admin(flags, async admin => {
      const plan = await importOffsets(admin, group, offsets, true)
      if (flags['dry-run']) return plan
      await confirmed(`setting ${offsets.length} offsets of ${group}`, group, flags)
      return importOffsets(admin, group, offsets, false)
    })
    const warnings = items.flatMap(item => item.warnings)
    this.warnAll(warnings)
    for (const item of items) {
      this.table(item.queues, resetColumns)
      this.log('')
      this.log(resetSummary(item))
    }
    const result = { items, truncated: false, next: null, warnings }
    const failed = items.some(item => item.queues.some(row => row.outcome === 'failed'))
    return failed ? this.endWith(result, 3) : result
  }
}
