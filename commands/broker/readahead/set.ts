import { Args } from '@oclif/core'
import type { BrokerOutcomes } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../../src/cli/flags.ts'
import { isPartial, outcomeColumns } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'

const modes = { normal: 'normal', random: 'random', '0': 'normal', '1': 'random' } as const

export default class BrokerReadaheadSet extends MqCommand {
  static override summary = 'set whether the kernel reads ahead in commit log files'
  static override description = 'Only for brokers of Apache. Those of mq have no such files: exit code 10.'
  static override examples = [
    '<%= config.bin %> broker readahead set random',
    '<%= config.bin %> broker readahead set normal --broker broker-a --dry-run'
  ]
  static override result = one('BrokerOutcomes')
  static override args = {
    mode: Args.option({ options: ['normal', 'random', '0', '1'] as const })({
      required: true,
      ignoreStdin: true,
      description: 'normal reads ahead, random does not'
    })
  }
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags }

  async run(): Promise<BrokerOutcomes> {
    const { args, flags } = await this.parse(BrokerReadaheadSet)
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const done = await this.admin(flags, admin => admin.setReadAhead(modes[args.mode], options))
    this.table(done.brokers, outcomeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
