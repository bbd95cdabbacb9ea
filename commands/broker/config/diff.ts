import { Args, Flags } from '@oclif/core'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { differenceColumns, differences } from '../../../src/cli/config-changes.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { connectionFlags } from '../../../src/cli/flags.ts'
import { listOf } from '../../../src/cli/result.ts'
import type { ConfigDifference } from '../../../src/cli/result-rows.ts'

const broker = (which: string) =>
  Args.string({ required: true, ignoreStdin: true, description: `the ${which} broker, by name or host:port` })

export default class BrokerConfigDiff extends MqCommand {
  static override summary = 'show which settings two brokers have different'
  static override description = 'With --exit-code it exits with 9 when there is a difference.'
  static override examples = [
    '<%= config.bin %> broker config diff broker-a broker-b',
    '<%= config.bin %> broker config diff broker-a broker-b --exit-code --json'
  ]
  static override result = listOf('ConfigDifference')
  static override args = { left: broker('first'), right: broker('second') }
  static override flags = {
    ...connectionFlags,
    'exit-code': Flags.boolean({ description: 'exit with 9 when they differ' })
  }

  async run(): Promise<ListResult<ConfigDifference>> {
    const { args, flags } = await this.parse(BrokerConfigDiff)
    const items = await this.admin(flags, async admin =>
      differences(await admin.brokerConfig(args.left), await admin.brokerConfig(args.right))
    )
    if (items.length === 0) this.logToStderr(`${args.left} and ${args.right} have the same settings.`)
    else this.table(items, differenceColumns(args.left, args.right))
    const result = { items, truncated: false, next: null, warnings: [] }
    return flags['exit-code'] && items.length > 0 ? this.endWith(result, exitCodes.threshold) : result
  }
}
