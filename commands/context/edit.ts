import { Args } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { changeContexts, contextNamed, withContext } from '../../src/cli/context-file.ts'
import { contextFlags, givenToken, settingsOf } from '../../src/cli/context-flags.ts'
import { editedSettings } from '../../src/cli/context-yaml.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextChange } from '../../src/cli/result-rows.ts'

export default class ContextEdit extends MqCommand {
  static override summary = 'change a context'
  static override description =
    'Flags change what they name. Without flags, $VISUAL or $EDITOR opens with the settings as YAML; what is wrong changes nothing.'
  static override examples = [
    '<%= config.bin %> context edit prod',
    '<%= config.bin %> context edit prod --no-read-only --timeout 10s'
  ]
  static override args = {
    name: Args.string({ required: true, ignoreStdin: true, description: 'name of the context' })
  }
  static override flags = { ...contextFlags, ...changeFlags }
  static override result = one('ContextChange')

  async run(): Promise<ContextChange> {
    const { args, flags } = await this.parse(ContextEdit)
    const { name } = args
    const dryRun = flags['dry-run']
    const before = contextNamed(readContexts(process.env), name)
    const given = settingsOf(flags, await givenToken(flags))
    const after =
      Object.keys(given).length > 0 ? { ...before, ...given } : await editedSettings(name, before, process.env)
    const outcome = JSON.stringify(after) === JSON.stringify(before) ? 'unchanged' : 'changed'
    if (!dryRun && outcome === 'changed') changeContexts(process.env, known => withContext(known, name, after))
    this.log(`Context ${name} ${dryRun && outcome === 'changed' ? 'would be changed' : outcome}`)
    return { name, outcome, dryRun }
  }
}
