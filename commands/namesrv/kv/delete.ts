import { MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { deleteKey, keyArg, namespaceArg } from '../../../src/cli/key-values.ts'
import { one } from '../../../src/cli/result.ts'
import type { KvChange } from '../../../src/cli/result-rows.ts'

export default class NamesrvKvDelete extends MqCommand {
  static override summary = 'remove a key from every NameServer'
  static override description = 'Without a terminal, --confirm KEY or --yes is needed.'
  static override examples = [
    '<%= config.bin %> namesrv kv delete SHOP colour --yes',
    '<%= config.bin %> namesrv kv delete SHOP colour --dry-run'
  ]
  static override result = one('KvChange')
  static override args = { ...namespaceArg, ...keyArg }
  static override flags = { ...connectionFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<KvChange> {
    const { args, flags } = await this.parse(NamesrvKvDelete)
    const { namespace, key } = args
    const done = await this.admin(flags, async admin => {
      const plan = await deleteKey(admin, namespace, key, true)
      if (flags['dry-run']) return plan
      await confirmed(`removing ${namespace}/${key} from every NameServer`, key, flags)
      return deleteKey(admin, namespace, key, false)
    })
    this.log(`${namespace}/${key} ${done.outcome === 'planned' ? 'would be ' : ''}removed`)
    return done
  }
}
