import type { BrokerOutcomes } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { exitCodes } from '../../../src/cli/exit-codes.ts'
import { changeFlags, confirmFlags, connectionFlags, targetFlags } from '../../../src/cli/flags.ts'
import { isPartial, outcomeColumns } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'

export default class BrokerCleanExpiredLog extends MqCommand {
  static override summary = 'delete messages that are past their time now'
  static override description =
    'Not only at the hours of `deleteWhen`. How long messages are kept is `fileReservedTime`. Without a terminal, --yes is needed.'
  static override examples = [
    '<%= config.bin %> broker clean expired-log --yes',
    '<%= config.bin %> broker clean expired-log --broker broker-a --dry-run'
  ]
  static override result = one('BrokerOutcomes')
  static override flags = { ...connectionFlags, ...targetFlags, ...changeFlags, ...confirmFlags }

  async run(): Promise<BrokerOutcomes> {
    const { flags } = await this.parse(BrokerCleanExpiredLog)
    const options = { cluster: flags.cluster, brokers: flags.broker, dryRun: flags['dry-run'] }
    if (!flags['dry-run']) await confirmed('the cleaning of brokers', 'expired-log', flags)
    const done = await this.admin(flags, admin => admin.cleanBrokers('expired-log', options))
    this.table(done.brokers, outcomeColumns)
    return isPartial(done.brokers) ? this.endWith(done, exitCodes.partial) : done
  }
}
