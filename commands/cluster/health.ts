import { Flags } from '@oclif/core'
import type { ClusterHealth as Health } from '../../src/admin/operation-rows.ts'
import { findingColumns } from '../../src/cli/broker-tables.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { connectionFlags, durationFlag } from '../../src/cli/flags.ts'
import { healthy } from '../../src/cli/health.ts'
import { one } from '../../src/cli/result.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class ClusterHealth extends MqCommand {
  static override summary = 'tell whether messages can be sent and read'
  static override description =
    'Exits with 9 when not. --wait looks again and again until the cluster is healthy, a cluster that does not answer yet included, and exits with 9 when it has not become so in the time of --wait-timeout.'
  static override examples = [
    '<%= config.bin %> cluster health',
    '<%= config.bin %> cluster health --wait --wait-timeout 30s',
    '<%= config.bin %> cluster health --cluster DefaultCluster --json'
  ]
  static override result = one('ClusterHealth')
  static override flags = {
    ...connectionFlags,
    cluster: Flags.string({ helpValue: 'NAME', description: 'only this cluster' }),
    wait: Flags.boolean({
      char: 'w',
      aliases: ['exit-when-healthy'],
      description: 'look until it is healthy, then exit with 0'
    }),
    'wait-timeout': durationFlag({ default: 60_000, defaultHelp: async () => '1m', description: 'longest wait' })
  }

  async run(): Promise<Health> {
    const { flags } = await this.parse(ClusterHealth)
    const waitMs = flags.wait ? flags['wait-timeout'] : 0
    const found = await this.admin(flags, admin =>
      healthy(() => admin.clusterHealth(flags.cluster), systemClock, waitMs)
    )
    this.log(`${found.healthy ? 'Healthy' : 'Not healthy'}: ${found.brokers} brokers`)
    if (found.findings.length > 0) this.table(found.findings, findingColumns)
    return found.healthy ? found : this.endWith(found, exitCodes.threshold)
  }
}
