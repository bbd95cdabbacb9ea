import { Args } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { changeContexts, useContext } from '../../src/cli/context-file.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextChange } from '../../src/cli/result-rows.ts'

export default class ContextUse extends MqCommand {
  static override summary = 'make a context the current one'
  static override description =
    '`context previous` goes back. A flag, a variable or mq.yaml that names a cluster still goes first.'
  static override examples = ['<%= config.bin %> context use dev', '<%= config.bin %> context use prod --dry-run']
  static override args = {
    name: Args.string({ required: true, ignoreStdin: true, description: 'name of the context' })
  }
  static override flags = {
    ...changeFlags
  }
  static override result = one('ContextChange')

  async run(): Promise<ContextChange> {
    const { args, flags } = await this.parse(ContextUse)
    const after = useContext(readContexts(process.env), args.name)
    if (!flags['dry-run']) changeContexts(process.env, () => after)
    this.log(flags['dry-run'] ? `${args.name} would be the current context` : `Context ${args.name}`)
    return { name: args.name, outcome: 'used', dryRun: flags['dry-run'] }
  }
}
