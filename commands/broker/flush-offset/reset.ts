import { Args, Flags } from '@oclif/core'
import type { BrokerOutcome } from '../../../src/admin/shared-rows.ts'
import { MqCommand } from '../../../src/cli/command.ts'
import { confirmed } from '../../../src/cli/confirm.ts'
import { changeFlags, confirmFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { outcomeColumns } from '../../../src/cli/outcomes.ts'
import { one } from '../../../src/cli/result.ts'
import { wholeNumber } from '../../../src/cli/whole-number.ts'

export default class BrokerFlushOffsetReset extends MqCommand {
  static override summary = 'tell a slave how far its master has flushed'
  static override description =
    'Repairs a slave that waits for what its master does not have. A master takes no notice. Name the slave by host:port.'
  static override examples = [
    '<%= config.bin %> broker flush-offset reset 1073741824 --broker 10.0.0.6:10911 --yes',
    '<%= config.bin %> broker flush-offset reset 0 --broker broker-a --dry-run'
  ]
  static override result = one('BrokerOutcome')
  static override args = {
    offset: Args.string({ required: true, ignoreStdin: true, description: 'end of what the master has flushed, bytes' })
  }
  static override flags = {
    ...connectionFlags,
    ...changeFlags,
    ...confirmFlags,
    broker: Flags.string({ required: true, helpValue: 'HOST:PORT', description: 'the slave' })
  }

  async run(): Promise<BrokerOutcome> {
    const { args, flags } = await this.parse(BrokerFlushOffsetReset)
    const offset = wholeNumber(args.offset, 'the offset')
    const broker = flags.broker
    if (!flags['dry-run']) await confirmed('setting the flush offset', broker, flags)
    const done = await this.admin(flags, admin => admin.resetFlushOffset(broker, offset, flags['dry-run']))
    this.table([done], outcomeColumns)
    return done
  }
}
