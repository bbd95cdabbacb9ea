import type { ListResult } from '../../src/cli/command.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { contextRow } from '../../src/cli/context-file.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { listOf } from '../../src/cli/result.ts'
import type { ContextRow } from '../../src/cli/result-rows.ts'

export default class ContextList extends MqCommand {
  static override summary = 'list the contexts'
  static override description =
    'A context names a cluster of yours. The one with a * is used when nothing else names a cluster.'
  static override examples = ['<%= config.bin %> context list', '<%= config.bin %> context list -o name']
  static override result = listOf('ContextRow')

  async run(): Promise<ListResult<ContextRow>> {
    await this.parse(ContextList)
    const { current, contexts } = readContexts(process.env)
    const items = [...contexts].map(([name, settings]) => contextRow(name, settings, current))
    if (items.length === 0) this.note('No contexts; `mq context add NAME -n HOST:PORT` adds one.')
    else {
      this.table(items, [
        { title: '', value: row => (row.current ? '*' : '') },
        { title: 'NAME', value: row => row.name },
        { title: 'NAMESRV', value: row => row.namesrv.join(';') || undefined },
        { title: 'API', value: row => row.api },
        { title: 'CLUSTER', value: row => row.cluster },
        { title: 'READ-ONLY', value: row => (row.readOnly ? 'yes' : 'no') },
        { title: 'TOKEN', value: row => (row.hasToken ? 'yes' : 'no'), wide: true },
        { title: 'TIMEOUT', value: row => row.timeout, wide: true }
      ])
    }
    return { items, truncated: false, next: null, warnings: [] }
  }
}
