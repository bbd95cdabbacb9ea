import { Flags } from '@oclif/core'
import { brokerArg } from '../../src/cli/broker-args.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { confirmed } from '../../src/cli/confirm.ts'
import { waitConsumed } from '../../src/cli/drain.ts'
import { changeFlags, confirmFlags, connectionFlags, durationFlag } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'
import type { DrainedBroker } from '../../src/cli/result-rows.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class BrokerDrain extends MqCommand {
  static override summary = 'send producers away from a broker'
  static override description =
    'NameServers take the right to write from all of its topics; what it has can still be read. Clients learn of it within 30 s. With --wait-consumed it returns when all groups have read everything there, and exits with 8 when that takes too long.'
  static override examples = [
    '<%= config.bin %> broker drain broker-a --yes',
    '<%= config.bin %> broker drain broker-a --yes --wait-consumed --wait-timeout 10m',
    '<%= config.bin %> broker drain broker-a --dry-run'
  ]
  static override result = one('DrainedBroker')
  static override args = brokerArg
  static override flags = {
    ...connectionFlags,
    ...changeFlags,
    ...confirmFlags,
    'wait-consumed': Flags.boolean({ description: 'wait until groups have read all that the broker has' }),
    'wait-timeout': durationFlag({ default: 600_000, defaultHelp: async () => '10m', description: 'longest wait' })
  }

  async run(): Promise<DrainedBroker> {
    const { args, flags } = await this.parse(BrokerDrain)
    const done = await this.admin(flags, async admin => {
      const plan = await admin.setWritable(args.broker, false, true)
      if (flags['dry-run']) return plan
      await confirmed(`sending producers away from ${plan.brokerName}`, plan.brokerName, flags)
      const drained = await admin.setWritable(args.broker, false)
      if (!flags['wait-consumed']) return drained
      const lag = await waitConsumed(admin, drained.brokerName, systemClock, flags['wait-timeout'])
      return { ...drained, lag }
    })
    this.log(`Producers ${done.dryRun ? 'would be' : 'are'} sent away from ${done.brokerName}`)
    if ('lag' in done) this.log('All that it has is consumed')
    return done
  }
}
