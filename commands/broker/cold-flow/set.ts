import { Args } from '@oclif/core'
import type { BrokerOutcomes } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags, targetFlags } from '../../../src/cli/flags.ts'
import { groupArg } from '../../../src/cli/group-flags.ts'
import { isPartial, outcomeColumns } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'
import { wholeNumber } from '../../../src/cli/whole-number.ts'

export default class BrokerColdFlowSet extends MqCommand {
  static override summary = 'limit how many old messages a group may read'
  static override description =
    'Brokers of mq keep the limit and limit nothing; those of Apache need coldDataFlowControlEnable.'
  static override examples = [
    '<%= config.bin %> broker cold-flow set billing 1048576',
    '<%= config.bin %> broker cold-flow set billing 1048576 --broker broker-a --dry-run'
  ]
  static override result = one('BrokerOutcomes')
  static override args = {
    ...groupArg,
    threshold: Args.string({ required: true, ignoreStdin: true, description: 'bytes in a while' })
  }
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags }

  async run(): Promise<BrokerOutcomes> {
    const { args, flags } = await this.parse(BrokerColdFlowSet)
    const threshold = wholeNumber(args.threshold, 'the limit')
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    const done = await this.admin(flags, admin => admin.setColdFlow(args.group, threshold, options))
    this.table(done.brokers, outcomeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
