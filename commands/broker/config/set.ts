import { Args } from '@oclif/core'
import type { ConfigEntry } from '../../../src/admin/admin.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { brokerFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { parseSettings } from '../../../src/cli/settings.ts'

export default class BrokerConfigSet extends MqCommand {
  static override summary = 'change settings of a running broker'
  static override description = 'Prints the settings as the broker has them afterwards.'
  static override examples = [
    '<%= config.bin %> broker config set fileReservedTime=48',
    '<%= config.bin %> broker config set maxMessageSize=1048576 logLevel=debug --broker broker-a'
  ]
  static override strict = false
  static override args = {
    setting: Args.string({ required: true, ignoreStdin: true, description: 'KEY=VALUE; may be repeated' })
  }
  static override flags = { ...connectionFlags, ...brokerFlags }

  async run(): Promise<ListResult<ConfigEntry>> {
    const { argv, flags } = await this.parse(BrokerConfigSet)
    const entries = parseSettings(argv as string[])
    const items = await this.admin(flags, admin => admin.setBrokerConfig(flags.broker, entries))
    for (const { key, value } of items) this.log(`${key}=${value}`)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
