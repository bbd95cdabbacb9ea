import type { ParkedRow } from '../../src/admin/message-acts.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { parkedColumns } from '../../src/cli/dead-letters.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class DlqList extends MqCommand {
  static override summary = 'list groups that have dead letters'
  static override description =
    'A dead letter is a message that a group gave up after its last try. MESSAGES is what its dead letter topic holds.'
  static override examples = ['<%= config.bin %> dlq list', '<%= config.bin %> dlq list --json']
  static override result = listOf('ParkedRow')
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<ParkedRow>> {
    const { flags } = await this.parse(DlqList)
    const { items, warnings } = await this.admin(flags, admin => admin.parkedGroups('dlq'))
    this.warnAll(warnings)
    this.table(items, parkedColumns)
    if (items.length === 0) this.note('No group has dead letters.')
    return { items, truncated: false, next: null, warnings }
  }
}
