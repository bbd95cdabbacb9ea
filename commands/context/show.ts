import { Args } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { contextNamed, contextRow } from '../../src/cli/context-file.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { one } from '../../src/cli/result.ts'
import type { ContextRow } from '../../src/cli/result-rows.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class ContextShow extends MqCommand {
  static override summary = 'show a context, the current one unless named'
  static override description =
    'Its token is never shown. `mq config print --effective` tells what a command would use.'
  static override examples = ['<%= config.bin %> context show', '<%= config.bin %> context show prod -o yaml']
  static override args = { name: Args.string({ ignoreStdin: true, description: 'name of the context' }) }
  static override result = one('ContextRow')

  async run(): Promise<ContextRow> {
    const { args } = await this.parse(ContextShow)
    const all = readContexts(process.env)
    const name = args.name ?? all.current
    if (name === undefined) {
      throw new MqError('MQ_NOT_FOUND', 'there is no current context', { suggestions: ['`mq context use NAME`'] })
    }
    const row = contextRow(name, contextNamed(all, name), all.current)
    for (const [key, value] of Object.entries(row)) {
      this.log(`${key.padEnd(10)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    }
    return row
  }
}
