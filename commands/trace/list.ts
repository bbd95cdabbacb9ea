import type { TraceRow } from '../../src/admin/message-acts.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { moreText, pageFlags, windowFlags } from '../../src/cli/message-flags.ts'
import { windowOf } from '../../src/cli/message-search.ts'
import { listOf } from '../../src/cli/result.ts'
import { traceColumns, traceFlags } from '../../src/cli/trace-table.ts'

const pageMax = 1000

export default class TraceList extends MqCommand {
  static override summary = 'list the traces of a window of time'
  static override description =
    'In the order in which they were stored, which is about a second after what they tell. --limit counts messages of the trace topic; each may hold several traces.'
  static override examples = [
    '<%= config.bin %> trace list --from -5m',
    '<%= config.bin %> trace list --from -1h --json'
  ]
  static override result = listOf('TraceRow')
  static override flags = { ...connectionFlags, ...windowFlags, ...traceFlags, ...pageFlags }

  async run(): Promise<ListResult<TraceRow>> {
    const { flags } = await this.parse(TraceList)
    const limit = Math.min(flags.limit, pageMax)
    const wish = { traceTopic: flags['trace-topic'], ...windowOf(flags), limit, cursor: flags.cursor }
    const { items, truncated, next = null, warnings } = await this.admin(flags, admin => admin.traces(wish))
    this.warnAll(warnings)
    this.table(items, traceColumns)
    if (next !== null) this.logToStderr(moreText(next))
    return { items, truncated, next, warnings }
  }
}
