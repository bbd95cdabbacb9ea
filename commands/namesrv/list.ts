import type { NameServerRow } from '../../src/admin/broker-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class NamesrvList extends MqCommand {
  static override summary = 'list the NameServers, and what each knows'
  static override description =
    'Asks each for itself: one that does not answer, or knows fewer brokers, stands out. Exits with 7 when none answers.'
  static override examples = [
    '<%= config.bin %> namesrv list',
    '<%= config.bin %> namesrv list -n "10.0.0.5:9876;10.0.0.6:9876" --json'
  ]
  static override result = listOf('NameServerRow')
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<NameServerRow>> {
    const { flags } = await this.parse(NamesrvList)
    const { items, warnings } = await this.admin(flags, admin => admin.nameServers())
    if (!items.some(row => row.reachable)) {
      const reasons = items.map(row => row.error ?? row.address).join('; ')
      throw new MqError('MQ_CONNECT_FAILED', `no NameServer answers: ${reasons}`)
    }
    this.table(items, [
      { title: 'NAMESERVER', value: row => row.address },
      { title: 'ANSWERS', value: row => (row.reachable ? 'yes' : 'no') },
      { title: 'CLUSTERS', value: row => row.clusters, align: 'right' },
      { title: 'BROKERS', value: row => row.brokers, align: 'right' },
      { title: 'TOPICS', value: row => row.topics, align: 'right' },
      { title: 'WHY', value: row => row.error ?? '' }
    ])
    return { items, truncated: false, next: null, warnings }
  }
}
