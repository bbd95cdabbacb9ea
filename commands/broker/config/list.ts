import { Flags } from '@oclif/core'
import type { ConfigEntry } from '../../../src/admin/admin.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { brokerFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { namePattern } from '../../../src/cli/name-pattern.ts'

export default class BrokerConfigList extends MqCommand {
  static override summary = 'list the settings of a broker'
  static override examples = [
    '<%= config.bin %> broker config list',
    '<%= config.bin %> broker config list --broker broker-a --match ".*Disk.*"'
  ]
  static override flags = {
    ...connectionFlags,
    ...brokerFlags,
    match: Flags.string({ description: 'only keys that match as a whole', helpValue: 'RE' })
  }

  async run(): Promise<ListResult<ConfigEntry>> {
    const { flags } = await this.parse(BrokerConfigList)
    const wanted = namePattern(flags.match)
    const items = (await this.admin(flags, admin => admin.brokerConfig(flags.broker))).filter(entry =>
      wanted.test(entry.key)
    )
    this.table(items, [
      { title: 'KEY', value: entry => entry.key },
      { title: 'VALUE', value: entry => entry.value }
    ])
    return { items, truncated: false, next: null, warnings: [] }
  }
}
