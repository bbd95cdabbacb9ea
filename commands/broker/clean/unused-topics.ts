import type { BrokerOutcomes } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { changeFlags, confirmFlags, connectionFlags, targetFlags } from '../../../src/cli/flags.ts'
import { isPartial, outcomeColumns } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'

export default class BrokerCleanUnusedTopics extends MqCommand {
  static override summary = 'remove what is left of topics that are not there any more'
  static override description =
    'Consume queues of topics that the broker does not have. Their messages cannot be read either way. Without a terminal, --yes is needed.'
  static override examples = [
    '<%= config.bin %> broker clean unused-topics --yes',
    '<%= config.bin %> broker clean unused-topics --broker broker-a --dry-run'
  ]
  static override result = one('BrokerOutcomes')
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<BrokerOutcomes> {
    const { flags } = await this.parse(BrokerCleanUnusedTopics)
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    if (!flags['dry-run']) await confirmed('the cleaning of brokers', 'unused-topics', flags)
    const done = await this.admin(flags, admin => admin.cleanBrokers('unused-topics', options))
    this.table(done.brokers, outcomeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
