import { Flags } from '@oclif/core'
import type { BrokerConsumeStats } from '../../src/admin/broker-rows.ts'
import { maybeBrokerArg } from '../../src/cli/broker-args.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { consumeStatsOf } from '../../src/cli/consume-stats.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class BrokerConsumeStatsCommand extends MqCommand {
  static override summary = 'show how far every group is on one broker'
  static override description =
    'Queue by queue: what the broker has, what the group has consumed, and what lies between.'
  static override examples = [
    '<%= config.bin %> broker consume-stats broker-a',
    '<%= config.bin %> broker consume-stats --lag-over 1000 --json'
  ]
  static override result = one('BrokerConsumeStats')
  static override args = maybeBrokerArg
  static override flags = {
    ...connectionFlags,
    'lag-over': Flags.integer({
      min: 0,
      helpValue: 'N',
      description: 'only queues that are N messages behind or more'
    }),
    order: Flags.boolean({ description: 'only topics that are marked as ordered' })
  }

  async run(): Promise<BrokerConsumeStats> {
    const { args, flags } = await this.parse(BrokerConsumeStatsCommand)
    const wish = { lagOver: flags['lag-over'] ?? 0, order: flags.order }
    const stats = await this.admin(flags, admin => consumeStatsOf(admin, args.broker, wish))
    this.log(`${stats.brokerName}  lag ${stats.lag}`)
    this.log('')
    this.table(stats.queues, [
      { title: 'GROUP', value: row => row.group },
      { title: 'TOPIC', value: row => row.topic },
      { title: 'QUEUE', value: row => row.queueId, align: 'right' },
      { title: 'BROKER OFFSET', value: row => row.brokerOffset, align: 'right' },
      { title: 'CONSUMED', value: row => row.consumerOffset, align: 'right' },
      { title: 'LAG', value: row => row.lag, align: 'right' },
      { title: 'LAST CONSUMED', value: row => row.lastConsumed }
    ])
    return stats
  }
}
