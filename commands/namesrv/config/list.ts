import { Flags } from '@oclif/core'
import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { namePattern } from '../../../src/cli/name-pattern.ts'
import { listOf } from '../../../src/cli/result.ts'
import { settingColumns } from '../../../src/cli/settings.ts'

export default class NamesrvConfigList extends MqCommand {
  static override summary = 'list the settings of the NameServer'
  static override description = 'Of the NameServer that answers first; all should have the same.'
  static override examples = [
    '<%= config.bin %> namesrv config list',
    '<%= config.bin %> namesrv config list --match ".*Topic.*" --json'
  ]
  static override result = listOf('ConfigEntry')
  static override flags = {
    ...connectionFlags,
    match: Flags.string({ description: 'only keys that match as a whole', helpValue: 'RE' })
  }

  async run(): Promise<ListResult<ConfigEntry>> {
    const { flags } = await this.parse(NamesrvConfigList)
    const wanted = namePattern(flags.match)
    const all = await this.admin(flags, admin => admin.namesrvConfig())
    const items = all.filter(entry => wanted.test(entry.key))
    this.table(items, settingColumns)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
