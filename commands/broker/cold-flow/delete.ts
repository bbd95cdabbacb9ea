import type { BrokerOutcomes } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { changeFlags, confirmFlags, connectionFlags, targetFlags } from '../../../src/cli/flags.ts'
import { groupArg } from '../../../src/cli/group-flags.ts'
import { isPartial, outcomeColumns } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'

export default class BrokerColdFlowDelete extends MqCommand {
  static override summary = "take a group's limit on reads of old messages away"
  static override description = "The broker's own limit counts again. Without a terminal, --yes is needed."
  static override examples = [
    '<%= config.bin %> broker cold-flow delete billing --yes',
    '<%= config.bin %> broker cold-flow delete billing --dry-run'
  ]
  static override result = one('BrokerOutcomes')
  static override args = groupArg
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<BrokerOutcomes> {
    const { args, flags } = await this.parse(BrokerColdFlowDelete)
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    if (!flags['dry-run']) await confirmed(`taking the limit of ${args.group} away`, args.group, flags)
    const done = await this.admin(flags, admin => admin.setColdFlow(args.group, undefined, options))
    this.table(done.brokers, outcomeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
