import { Args, Flags } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { changeContexts, checkContextName, useContext, withContext } from '../../src/cli/context-file.ts'
import { contextFlags, givenToken, settingsOf } from '../../src/cli/context-flags.ts'
import { type Contexts, readContexts } from '../../src/cli/contexts.ts'
import { changeFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextChange } from '../../src/cli/result-rows.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class ContextAdd extends MqCommand {
  static override summary = 'add a context'
  static override description =
    'The first one becomes the current one. Secrets come from a file or from standard input, never from a flag. The file is ~/.config/mq/contexts.json, readable by you alone.'
  static override examples = [
    '<%= config.bin %> context add dev -n 127.0.0.1:9876 --api http://127.0.0.1:10910',
    '<%= config.bin %> context add prod --api https://mq.example.com --token-file ~/.mq/prod.token --read-only --color red --use'
  ]
  static override args = {
    name: Args.string({ required: true, ignoreStdin: true, description: 'name of the context' })
  }
  static override flags = {
    ...contextFlags,
    ...changeFlags,
    use: Flags.boolean({ description: 'make it the current one' })
  }
  static override result = one('ContextChange')

  async run(): Promise<ContextChange> {
    const { args, flags } = await this.parse(ContextAdd)
    const { name } = args
    checkContextName(name)
    const settings = settingsOf(flags, await givenToken(flags))
    if (settings.api === undefined && settings.namesrv === undefined) {
      throw new MqError('MQ_USAGE', 'a context needs a cluster: give --namesrv, --api, or both')
    }
    const before = readContexts(process.env)
    if (before.contexts.has(name)) {
      throw new MqError('MQ_ALREADY_EXISTS', `there is a context ${name} already`, {
        suggestions: [`\`mq context edit ${name}\` changes it`]
      })
    }
    const use = flags.use || before.current === undefined
    const change = (known: Contexts): Contexts => {
      const added = withContext(known, name, settings)
      return use ? useContext(added, name) : added
    }
    if (!flags['dry-run']) changeContexts(process.env, change)
    this.log(`Context ${name} ${flags['dry-run'] ? 'would be added' : 'added'}${use ? '; it is the current one' : ''}`)
    return { name, outcome: 'added', dryRun: flags['dry-run'] }
  }
}
