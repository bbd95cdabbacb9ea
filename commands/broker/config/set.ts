import { Args, Flags } from '@oclif/core'
import { brokersOf } from '../../../src/cli/broker-choice.ts'
import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { changeSettings, configChangeColumns } from '../../../src/cli/config-changes.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { brokerFlags, changeFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { isPartial } from '../../../src/cli/outcomes.ts'
import { listOf } from '../../../src/cli/result.ts'
import type { ConfigChangeRow } from '../../../src/cli/result-rows.ts'
import { parseSettings } from '../../../src/cli/settings.ts'

export default class BrokerConfigSet extends MqCommand {
  static override summary = 'change settings of a running broker'
  static override description =
    'Of the named one, or with --all of every master; all settings of a call or none at each of them. Exits with 3 when it failed at some brokers.'
  static override examples = [
    '<%= config.bin %> broker config set fileReservedTime=48',
    '<%= config.bin %> broker config set maxMessageSize=1048576 logLevel=debug --broker broker-a --dry-run',
    '<%= config.bin %> broker config set fileReservedTime=48 --all --cluster DefaultCluster'
  ]
  static override strict = false
  static override result = listOf('ConfigChangeRow')
  static override args = {
    setting: Args.string({ required: true, ignoreStdin: true, description: 'KEY=VALUE; may be repeated' })
  }
  static override flags = {
    ...connectionFlags,
    ...brokerFlags,
    ...changeFlags,
    all: Flags.boolean({ exclusive: ['broker'], description: 'at every master' }),
    cluster: Flags.string({ helpValue: 'NAME', dependsOn: ['all'], description: 'with --all: only of this cluster' })
  }

  async run(): Promise<ListResult<ConfigChangeRow>> {
    const { argv, flags } = await this.parse(BrokerConfigSet)
    const entries = parseSettings(argv as string[])
    const items = await this.admin(flags, async admin => {
      const brokers = flags.all ? await brokersOf(admin, flags.cluster) : [flags.broker]
      return changeSettings(admin, brokers, entries, flags['dry-run'])
    })
    this.table(items, configChangeColumns)
    const result = { items, truncated: false, next: null, warnings: [] }
    return isPartial(items) ? this.endWith(result, exitCodes.partial) : result
  }
}
