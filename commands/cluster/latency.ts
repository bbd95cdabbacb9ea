import { Flags } from '@oclif/core'
import type { LatencyRow } from '../../src/admin/broker-rows.ts'
import { latencyColumns } from '../../src/cli/broker-tables.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { connectionFlags, targetFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class ClusterLatency extends MqCommand {
  static override summary = 'measure how long a message takes to each broker'
  static override description =
    'Sends to the topic that each broker has under its own name, one message after the other, and ends. Over the HTTP API it is measured from there. Exits with 3 when some messages failed.'
  static override examples = [
    '<%= config.bin %> cluster latency',
    '<%= config.bin %> cluster latency --count 100 --size 1024 --json'
  ]
  static override result = listOf('LatencyRow')
  static override flags = {
    ...connectionFlags,
    ...targetFlags,
    count: Flags.integer({ char: 'N', default: 10, min: 1, max: 10_000, description: 'messages for each broker' }),
    size: Flags.integer({ default: 128, min: 1, max: 4_194_304, helpValue: 'BYTES', description: 'size of each' })
  }

  async run(): Promise<ListResult<LatencyRow>> {
    const { flags } = await this.parse(ClusterLatency)
    const { count, size, cluster, broker: brokers } = flags
    const { items, warnings } = await this.admin(flags, admin => admin.latency({ cluster, brokers, count, size }))
    this.warnAll(warnings)
    this.table(items, latencyColumns)
    const result = { items, truncated: false, next: null, warnings }
    return items.some(row => row.failed > 0) ? this.endWith(result, exitCodes.partial) : result
  }
}
