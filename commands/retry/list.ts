import type { ParkedRow } from '../../src/admin/message-acts.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { parkedColumns } from '../../src/cli/dead-letters.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class RetryList extends MqCommand {
  static override summary = 'list groups with messages that are tried again'
  static override description =
    'A message that a consumer failed on is parked in the retry topic of its group and comes back later. The count holds all that the topic still has, consumed or not.'
  static override examples = ['<%= config.bin %> retry list', '<%= config.bin %> retry list --json']
  static override result = listOf('ParkedRow')
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<ParkedRow>> {
    const { flags } = await this.parse(RetryList)
    const { items, warnings } = await this.admin(flags, admin => admin.parkedGroups('retry'))
    this.warnAll(warnings)
    this.table(items, parkedColumns)
    if (items.length === 0) this.note('No group has messages that are tried again.')
    return { items, truncated: false, next: null, warnings }
  }
}
