import { Args } from '@oclif/core'
import type { ClientDescription } from '../../src/admin/client-rows.ts'
import { describeClient } from '../../src/cli/clients.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class ClientDescribe extends MqCommand {
  static override summary = 'show a client: its groups, and what it holds in each'
  static override description =
    'Consumers are asked themselves, through a broker; `mq group member --stack` also shows where their threads are.'
  static override examples = [
    '<%= config.bin %> client describe 10.0.0.7@4242',
    '<%= config.bin %> client describe 10.0.0.7@4242 --json'
  ]
  static override result = one('ClientDescription')
  static override args = {
    client: Args.string({ required: true, ignoreStdin: true, description: 'client id, as `client list` shows it' })
  }
  static override flags = { ...connectionFlags }

  async run(): Promise<ClientDescription> {
    const { args, flags } = await this.parse(ClientDescribe)
    const found = await this.admin(flags, admin => describeClient(admin, args.client))
    this.warnAll(found.warnings)
    this.log(`${found.clientId}  ${found.address}  ${found.language} ${found.version}`)
    this.log(`Brokers    ${found.brokers.join(' ')}`)
    this.log(`Sends as   ${found.producerGroups.join(' ') || '-'}`)
    this.log(`Consumes   ${found.consumerGroups.join(' ') || '-'}`)
    const queues = found.memberships.flatMap(({ group, queues }) => queues.map(queue => ({ group, ...queue })))
    if (queues.length === 0) return found
    this.log('')
    this.table(queues, [
      { title: 'GROUP', value: row => row.group },
      { title: 'TOPIC', value: row => row.topic },
      { title: 'QUEUE', value: row => `${row.brokerName}/${row.queueId}` },
      { title: 'COMMITTED', value: row => row.commitOffset, align: 'right' },
      { title: 'HELD', value: row => row.cachedMessages, align: 'right' },
      { title: 'LAST PULL', value: row => row.lastPull }
    ])
    return found
  }
}
