import { Args } from '@oclif/core'
import type { ClusterDescription } from '../../src/admin/broker-rows.ts'
import { findingColumns, processColumns } from '../../src/cli/broker-tables.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { one } from '../../src/cli/result.ts'

export default class ClusterDescribe extends MqCommand {
  static override summary = 'show a cluster: NameServers, brokers, health, what it holds'
  static override description = 'The name is needed only when there are several clusters.'
  static override examples = [
    '<%= config.bin %> cluster describe',
    '<%= config.bin %> cluster describe DefaultCluster --json'
  ]
  static override result = one('ClusterDescription')
  static override args = { cluster: Args.string({ ignoreStdin: true, description: 'name of the cluster' }) }
  static override flags = { ...connectionFlags }

  async run(): Promise<ClusterDescription> {
    const { args, flags } = await this.parse(ClusterDescribe)
    const found = await this.admin(flags, admin => admin.describeCluster(args.cluster))
    this.warnAll(found.warnings)
    const state = found.healthy ? 'healthy' : 'NOT HEALTHY'
    this.log(`${found.cluster}  ${state}  ${found.topics} topics  ${found.groups} groups`)
    this.log(`In ${found.inTps}/s  out ${found.outTps}/s`)
    this.log('')
    this.table(found.nameServers, [
      { title: 'NAMESERVER', value: row => row.address },
      { title: 'ANSWERS', value: row => (row.reachable ? 'yes' : 'no') },
      { title: 'BROKERS', value: row => row.brokers, align: 'right' },
      { title: 'TOPICS', value: row => row.topics, align: 'right' }
    ])
    this.log('')
    this.table(found.brokers, processColumns)
    if (found.findings.length > 0) {
      this.log('')
      this.table(found.findings, findingColumns)
    }
    return found
  }
}
