import { MqCommand } from '../../src/cli/command.ts'
import { changeContexts, useContext } from '../../src/cli/context-file.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextChange } from '../../src/cli/result-rows.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class ContextPrevious extends MqCommand {
  static override summary = 'go back to the context before'
  static override description = 'Twice brings you back to where you were.'
  static override examples = ['<%= config.bin %> context previous', '<%= config.bin %> context previous --dry-run']
  static override flags = { ...changeFlags }
  static override result = one('ContextChange')

  async run(): Promise<ContextChange> {
    const { flags } = await this.parse(ContextPrevious)
    const before = readContexts(process.env)
    const name = before.previous
    if (name === undefined) throw new MqError('MQ_NOT_FOUND', 'there is no context before the current one')
    const after = useContext(before, name)
    if (!flags['dry-run']) changeContexts(process.env, () => after)
    this.log(flags['dry-run'] ? `${name} would be the current context` : `Context ${name}`)
    return { name, outcome: 'used', dryRun: flags['dry-run'] }
  }
}
