import { Flags } from '@oclif/core'
import type { QueueOffsetRow } from '../../src/admin/topic-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { parseTime } from '../../src/cli/offsets.ts'
import { listOf } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'
import { offsetColumns } from '../../src/cli/topic-tables.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class TopicOffsets extends MqCommand {
  static override summary = 'show the first and last offset of each queue'
  static override description = 'With --at also the first offset that was stored at that time or later.'
  static override examples = [
    '<%= config.bin %> topic offsets orders',
    '<%= config.bin %> topic offsets orders --at 2026-11-24T10:00:00Z',
    '<%= config.bin %> topic offsets orders --at=-90m --json'
  ]
  static override result = listOf('QueueOffsetRow')
  static override args = topicArg
  static override flags = {
    ...connectionFlags,
    at: Flags.string({ helpValue: 'TIME', description: 'RFC 3339, epoch milliseconds, or a time ago such as -90m' }),
    cluster: Flags.string({ helpValue: 'NAME', description: 'only queues of this cluster' })
  }

  async run(): Promise<ListResult<QueueOffsetRow>> {
    const { args, flags } = await this.parse(TopicOffsets)
    const atMs = flags.at === undefined ? undefined : parseTime(flags.at, systemClock.now())
    if (flags.at !== undefined && atMs === undefined)
      throw new MqError('MQ_USAGE', `--at ${JSON.stringify(flags.at)} is no time`)
    const { items, warnings } = await this.admin(flags, async admin => {
      const listing = await admin.topicOffsets(args.topic, atMs)
      if (flags.cluster === undefined) return listing
      const route = await admin.topicRoute(args.topic)
      const names = new Set(route.filter(row => row.cluster === flags.cluster).map(row => row.brokerName))
      return { ...listing, items: listing.items.filter(row => names.has(row.brokerName)) }
    })
    this.warnAll(warnings)
    this.table(items, offsetColumns(atMs !== undefined))
    return { items, truncated: false, next: null, warnings }
  }
}
