import type { TopicGroupRow } from '../../src/admin/topic-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'
import { topicGroupColumns } from '../../src/cli/topic-tables.ts'

export default class TopicGroups extends MqCommand {
  static override summary = 'list the groups that read a topic'
  static override description = 'With the messages that each has not yet consumed, and how fast it consumes.'
  static override examples = ['<%= config.bin %> topic groups orders', '<%= config.bin %> topic groups orders --json']
  static override result = listOf('TopicGroupRow')
  static override args = topicArg
  static override flags = { ...connectionFlags }

  async run(): Promise<ListResult<TopicGroupRow>> {
    const { args, flags } = await this.parse(TopicGroups)
    const { items, warnings } = await this.admin(flags, admin => admin.topicGroups(args.topic))
    this.warnAll(warnings)
    if (items.length === 0) this.logToStderr(`No group has read ${args.topic}.`)
    else this.table(items, topicGroupColumns)
    return { items, truncated: false, next: null, warnings }
  }
}
