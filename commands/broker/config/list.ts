import { Flags } from '@oclif/core'
import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { brokerOf } from '../../../src/cli/broker-choice.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { brokerFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { namePattern } from '../../../src/cli/name-pattern.ts'
import { listOf } from '../../../src/cli/result.ts'
import { settingColumns } from '../../../src/cli/settings.ts'

export default class BrokerConfigList extends MqCommand {
  static override summary = 'list the settings of a broker'
  static override description = 'As they are in force now. docs/options.md says what each one of mq means.'
  static override examples = [
    '<%= config.bin %> broker config list',
    '<%= config.bin %> broker config list --broker broker-a --match ".*Disk.*"'
  ]
  static override result = listOf('ConfigEntry')
  static override flags = {
    ...connectionFlags,
    ...brokerFlags,
    cluster: Flags.string({ helpValue: 'NAME', description: 'the only broker of this cluster' }),
    match: Flags.string({ description: 'only keys that match as a whole', helpValue: 'RE' })
  }

  async run(): Promise<ListResult<ConfigEntry>> {
    const { flags } = await this.parse(BrokerConfigList)
    const wanted = namePattern(flags.match)
    const all = await this.admin(flags, async admin =>
      admin.brokerConfig(await brokerOf(admin, flags.broker, flags.cluster))
    )
    const items = all.filter(entry => wanted.test(entry.key))
    this.table(items, settingColumns)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
