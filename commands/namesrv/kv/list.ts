import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { namespaceArg } from '../../../src/cli/key-values.ts'
import { listOf } from '../../../src/cli/result.ts'
import { settingColumns } from '../../../src/cli/settings.ts'

export default class NamesrvKvList extends MqCommand {
  static override summary = 'list the keys and values of a namespace'
  static override description = 'NameServers keep small values for everybody, in namespaces such as ORDER_TOPIC_CONFIG.'
  static override examples = [
    '<%= config.bin %> namesrv kv list ORDER_TOPIC_CONFIG',
    '<%= config.bin %> namesrv kv list SHOP --json'
  ]
  static override result = listOf('ConfigEntry')
  static override args = namespaceArg
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<ConfigEntry>> {
    const { args, flags } = await this.parse(NamesrvKvList)
    const items = await this.admin(flags, admin => admin.kv(args.namespace))
    if (items.length === 0) this.logToStderr(`The namespace ${args.namespace} has no keys.`)
    else this.table(items, settingColumns)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
