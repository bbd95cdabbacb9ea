import type { WritePermission } from '../../src/admin/operation-rows.ts'
import { brokerArg } from '../../src/cli/broker-args.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class BrokerResume extends MqCommand {
  static override summary = 'let producers come back to a broker'
  static override description = 'Takes back `mq broker drain`, at every NameServer. Clients learn of it within 30 s.'
  static override examples = [
    '<%= config.bin %> broker resume broker-a',
    '<%= config.bin %> broker resume broker-a --dry-run'
  ]
  static override result = one('WritePermission')
  static override args = brokerArg
  static override flags = { ...connectionFlags, ...changeFlags }

  async run(): Promise<WritePermission> {
    const { args, flags } = await this.parse(BrokerResume)
    const done = await this.admin(flags, admin => admin.setWritable(args.broker, true, flags['dry-run']))
    this.log(`Producers ${done.dryRun ? 'would be' : 'are'} sent to ${done.brokerName} again`)
    return done
  }
}
