import { Args } from '@oclif/core'
import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { brokerFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { one } from '../../../src/cli/result.ts'
import { oneSetting } from '../../../src/cli/settings.ts'

export default class BrokerConfigGet extends MqCommand {
  static override summary = 'show one setting of a broker'
  static override description = 'Prints the value alone, for scripts.'
  static override examples = [
    '<%= config.bin %> broker config get fileReservedTime',
    '<%= config.bin %> broker config get flushDiskType --broker broker-a'
  ]
  static override result = one('ConfigEntry')
  static override args = { key: Args.string({ required: true, ignoreStdin: true, description: 'name of the setting' }) }
  static override flags = { ...connectionFlags, ...brokerFlags }

  async run(): Promise<ConfigEntry> {
    const { args, flags } = await this.parse(BrokerConfigGet)
    const entry = oneSetting(await this.admin(flags, admin => admin.brokerConfig(flags.broker)), args.key)
    this.log(entry.value)
    return entry
  }
}
