import { Args } from '@oclif/core'
import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { one } from '../../../src/cli/result.ts'
import { oneSetting } from '../../../src/cli/settings.ts'

export default class NamesrvConfigGet extends MqCommand {
  static override summary = 'show one setting of the NameServer'
  static override description = 'Prints the value alone, for scripts.'
  static override examples = [
    '<%= config.bin %> namesrv config get listenPort',
    '<%= config.bin %> namesrv config get orderMessageEnable --json'
  ]
  static override result = one('ConfigEntry')
  static override args = { key: Args.string({ required: true, ignoreStdin: true, description: 'name of the setting' }) }
  static override flags = { ...connectionFlags }

  async run(): Promise<ConfigEntry> {
    const { args, flags } = await this.parse(NamesrvConfigGet)
    const all = await this.admin(flags, admin => admin.namesrvConfig())
    const entry = oneSetting(all, args.key, 'the NameServer', 'mq namesrv config list')
    this.log(entry.value)
    return entry
  }
}
