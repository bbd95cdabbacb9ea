import { Args } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { changeContexts, contextNamed, withContext } from '../../src/cli/context-file.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { changeFlags, confirmFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextChange } from '../../src/cli/result-rows.ts'

export default class ContextDelete extends MqCommand {
  static override summary = 'delete a context'
  static override description =
    'The cluster itself is not touched. Without a terminal, --confirm NAME or --yes is needed.'
  static override examples = [
    '<%= config.bin %> context delete old --yes',
    '<%= config.bin %> context delete old --dry-run'
  ]
  static override args = {
    name: Args.string({ required: true, ignoreStdin: true, description: 'name of the context' })
  }
  static override flags = {
    ...changeFlags,
    ...confirmFlags
  }
  static override result = one('ContextChange')

  async run(): Promise<ContextChange> {
    const { args, flags } = await this.parse(ContextDelete)
    contextNamed(readContexts(process.env), args.name)
    if (!flags['dry-run']) {
      await confirmed(`deleting the context ${args.name}`, args.name, flags)
      changeContexts(process.env, before => withContext(before, args.name, undefined))
    }
    this.log(`Context ${args.name} ${flags['dry-run'] ? 'would be deleted' : 'deleted'}`)
    return { name: args.name, outcome: 'deleted', dryRun: flags['dry-run'] }
  }
}
