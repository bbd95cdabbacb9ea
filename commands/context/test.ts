import { Args } from '@oclif/core'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { testContext } from '../../src/cli/context-test.ts'
import { readContexts } from '../../src/cli/contexts.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import type { ContextTest as Tested } from '../../src/cli/result-rows.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class ContextTest extends MqCommand {
  static override summary = 'try whether the cluster of a context answers'
  static override description =
    'Asks over each road that the context names; exits with 7 when one of them does not answer.'
  static override examples = ['<%= config.bin %> context test', '<%= config.bin %> context test prod --timeout 2s']
  static override args = {
    name: Args.string({ ignoreStdin: true, description: 'name of the context, the current one unless named' })
  }
  static override flags = { timeout: connectionFlags.timeout }
  static override result = listOf('ContextTest')

  async run(): Promise<ListResult<Tested>> {
    const { args, flags } = await this.parse(ContextTest)
    const name = args.name ?? readContexts(process.env).current
    if (name === undefined) throw new MqError('MQ_NOT_FOUND', 'there is no current context')
    const items = await testContext(name, process.env, flags.timeout)
    this.table(items, [
      { title: 'ROAD', value: row => row.road },
      { title: 'ADDRESS', value: row => row.address },
      { title: 'OK', value: row => (row.ok ? 'yes' : 'no') },
      { title: 'MS', value: row => row.ms, align: 'right' },
      { title: 'BROKERS', value: row => row.brokers, align: 'right' },
      { title: 'WHY', value: row => row.error ?? '' }
    ])
    const result = { items, truncated: false, next: null, warnings: [] }
    return items.every(row => row.ok) ? result : this.endWith(result, exitCodes.unreachable)
  }
}
