import type { BrokerEpochs } from '../../src/admin/broker-rows.ts'
import { clusterFlag, maybeBrokerArg } from '../../src/cli/broker-args.ts'
import { brokerOf } from '../../src/cli/broker-choice.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class BrokerEpoch extends MqCommand {
  static override summary = 'show the epochs in which a broker was master'
  static override description = 'Only for brokers whose master a controller of Apache elects; others exit with 10.'
  static override examples = [
    '<%= config.bin %> broker epoch broker-a',
    '<%= config.bin %> broker epoch broker-a --json'
  ]
  static override result = one('BrokerEpochs')
  static override args = maybeBrokerArg
  static override flags = { ...connectionFlags, ...clusterFlag }

  async run(): Promise<BrokerEpochs> {
    const { args, flags } = await this.parse(BrokerEpoch)
    const found = await this.admin(flags, async admin =>
      admin.brokerEpochs(await brokerOf(admin, args.broker, flags.cluster))
    )
    this.log(`${found.brokerName}/${found.brokerId}  log end ${found.maxOffset}`)
    this.log('')
    this.table(found.epochs, [
      { title: 'EPOCH', value: row => row.epoch, align: 'right' },
      { title: 'FROM', value: row => row.startOffset, align: 'right' },
      { title: 'TO', value: row => row.endOffset, align: 'right' }
    ])
    return found
  }
}
