import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import type { TopicClusterRow } from '../../src/cli/result-rows.ts'
import { topicArg } from '../../src/cli/topic-args.ts'

export default class TopicClusters extends MqCommand {
  static override summary = 'list the clusters that have a topic'
  static override description = 'With its brokers in each, as the route says that clients are given.'
  static override examples = [
    '<%= config.bin %> topic clusters orders',
    '<%= config.bin %> topic clusters orders --json'
  ]
  static override result = listOf('TopicClusterRow')
  static override args = topicArg
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<TopicClusterRow>> {
    const { args, flags } = await this.parse(TopicClusters)
    const route = await this.admin(flags, admin => admin.topicRoute(args.topic))
    const brokers = new Map<string, string[]>()
    for (const { cluster, brokerName } of route) brokers.set(cluster, [...(brokers.get(cluster) ?? []), brokerName])
    const items = Array.from(brokers, ([cluster, names]) => ({ cluster, brokers: names }))
    this.table(items, [
      { title: 'CLUSTER', value: row => row.cluster },
      { title: 'BROKERS', value: row => row.brokers.join(',') }
    ])
    return { items, truncated: false, next: null, warnings: [] }
  }
}
