import type { RouteRow } from '../../src/admin/topic-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'

export default class TopicRoute extends MqCommand {
  static override summary = 'show where clients find a topic'
  static override description = 'Each broker with its addresses and queues: what NameServers tell clients.'
  static override examples = ['<%= config.bin %> topic route orders', '<%= config.bin %> topic route orders --json']
  static override result = listOf('RouteRow')
  static override args = topicArg
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<RouteRow>> {
    const { args, flags } = await this.parse(TopicRoute)
    const items = await this.admin(flags, admin => admin.topicRoute(args.topic))
    const lines = items.flatMap(row => Object.entries(row.addresses).map(([id, address]) => ({ ...row, id, address })))
    this.table(lines, [
      { title: 'BROKER', value: row => row.brokerName },
      { title: 'ID', value: row => row.id, align: 'right' },
      { title: 'ADDRESS', value: row => row.address },
      { title: 'CLUSTER', value: row => row.cluster },
      { title: 'READ', value: row => row.readQueueNums, align: 'right' },
      { title: 'WRITE', value: row => row.writeQueueNums, align: 'right' },
      { title: 'PERM', value: row => row.perm }
    ])
    return { items, truncated: false, next: null, warnings: [] }
  }
}
