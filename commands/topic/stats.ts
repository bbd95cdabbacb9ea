import { Args, Flags } from '@oclif/core'
import type { TopicStatsRow } from '../../src/admin/topic-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import { topicGroupColumns, topicStatsColumns } from '../../src/cli/topic-tables.ts'

export default class TopicStats extends MqCommand {
  static override summary = 'show what goes in and out of topics'
  static override description =
    'Rates of the last minute and counts of the last 24 hours, as brokers count them since they started; of one topic also group by group. Without a topic: those of people.'
  static override examples = [
    '<%= config.bin %> topic stats orders',
    '<%= config.bin %> topic stats --top 10',
    '<%= config.bin %> topic stats --all --active --json'
  ]
  static override result = listOf('TopicStatsRow')
  static override args = { topic: Args.string({ ignoreStdin: true, description: 'only this topic' }) }
  static override flags = {
    ...connectionFlags,
    all: Flags.boolean({ char: 'a', description: 'also topics of the system' }),
    active: Flags.boolean({ description: 'only topics with messages in or out in the last 24 hours' }),
    top: Flags.integer({ min: 1, helpValue: 'N', description: 'only the N topics with the most messages in' })
  }

  async run(): Promise<ListResult<TopicStatsRow>> {
    const { args, flags } = await this.parse(TopicStats)
    const { items, warnings } = await this.admin(flags, async admin => {
      if (args.topic !== undefined) return admin.topicStats([args.topic])
      if (flags.all) return admin.topicStats()
      const { items: rows } = await admin.topics()
      const names = rows.filter(row => !['SYSTEM', 'RETRY', 'DLQ'].includes(row.type)).map(row => row.topic)
      return names.length === 0 ? { items: [], warnings: [] } : admin.topicStats(names)
    })
    const active = items.filter(row => !flags.active || row.inMessages24h > 0 || row.outMessages24h > 0)
    const busiest = [...active].sort((left, right) => right.inMessages24h - left.inMessages24h)
    const shown = flags.top === undefined ? active : busiest.slice(0, flags.top)
    this.warnAll(warnings)
    if (shown.length === 0) this.logToStderr('No topics of this kind.')
    else this.table(shown, topicStatsColumns)
    if (args.topic !== undefined && shown[0] !== undefined && shown[0].groups.length > 0) {
      this.log('')
      this.table(shown[0].groups, topicGroupColumns)
    }
    return { items: shown, truncated: shown.length < active.length, next: null, warnings }
  }
}
