import type { ConfigEntry } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { keyArg, namespaceArg, oneKey } from '../../../src/cli/key-values.ts'
import { one } from '../../../src/cli/result.ts'

export default class NamesrvKvGet extends MqCommand {
  static override summary = 'show the value of a key'
  static override description = 'Prints the value alone, for scripts.'
  static override examples = [
    '<%= config.bin %> namesrv kv get SHOP colour',
    '<%= config.bin %> namesrv kv get SHOP colour --json'
  ]
  static override result = one('ConfigEntry')
  static override args = { ...namespaceArg, ...keyArg }
  static override flags = { ...connectionFlags }

  async run(): Promise<ConfigEntry> {
    const { args, flags } = await this.parse(NamesrvKvGet)
    const entry = await this.admin(flags, admin => oneKey(admin, args.namespace, args.key))
    this.log(entry.value)
    return entry
  }
}
