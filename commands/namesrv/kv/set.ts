import { Args } from '@oclif/core'
import { MqCommand } from '../../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { keyArg, namespaceArg, setKey } from '../../../src/cli/key-values.ts'
import { one } from '../../../src/cli/result.ts'
import type { KvChange } from '../../../src/cli/result-rows.ts'

export default class NamesrvKvSet extends MqCommand {
  static override summary = 'put a key and its value into every NameServer'
  static override description = 'They share nothing, so each is told. The value is kept over restarts.'
  static override examples = [
    '<%= config.bin %> namesrv kv set SHOP colour green',
    '<%= config.bin %> namesrv kv set SHOP colour red --dry-run'
  ]
  static override result = one('KvChange')
  static override args = {
    ...namespaceArg,
    ...keyArg,
    value: Args.string({ required: true, ignoreStdin: true, description: 'the value, one line' })
  }
  static override flags = { ...connectionFlags, ...changeFlags }

  async run(): Promise<KvChange> {
    const { args, flags } = await this.parse(NamesrvKvSet)
    const { namespace, key, value } = args
    const done = await this.admin(flags, admin => setKey(admin, namespace, { key, value }, flags['dry-run']))
    this.log(`${namespace}/${key}=${value} ${done.outcome}`)
    return done
  }
}
