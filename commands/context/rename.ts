import { Args } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { changeContexts, checkContextName, contextNamed, renamed } from '../../src/cli/context-file.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextChange } from '../../src/cli/result-rows.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class ContextRename extends MqCommand {
  static override summary = 'give a context another name'
  static override description = 'It stays the current one, when it is.'
  static override examples = [
    '<%= config.bin %> context rename dev local',
    '<%= config.bin %> context rename a b --dry-run'
  ]
  static override args = {
    from: Args.string({ required: true, ignoreStdin: true, description: 'its name' }),
    to: Args.string({ required: true, ignoreStdin: true, description: 'its new name' })
  }
  static override flags = { ...changeFlags }
  static override result = one('ContextChange')

  async run(): Promise<ContextChange> {
    const { args, flags } = await this.parse(ContextRename)
    checkContextName(args.to)
    const before = readContexts(process.env)
    contextNamed(before, args.from)
    if (before.contexts.has(args.to)) throw new MqError('MQ_ALREADY_EXISTS', `there is a context ${args.to} already`)
    if (!flags['dry-run']) changeContexts(process.env, known => renamed(known, args.from, args.to))
    this.log(`Context ${args.from} ${flags['dry-run'] ? 'would be' : 'is now'} ${args.to}`)
    return { name: args.to, outcome: 'renamed', dryRun: flags['dry-run'] }
  }
}
