import { Flags } from '@oclif/core'
import type { GroupRow } from '../../src/admin/group-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { groupColumns } from '../../src/cli/group-tables.ts'
import { listOf } from '../../src/cli/result.ts'

export default class GroupList extends MqCommand {
  static override summary = 'list consumer groups with their lag and members'
  static override description =
    'LAG counts the messages that wait in all queues of all topics that the group has offsets of. Groups of the brokers themselves are left out unless --system is given.'
  static override examples = [
    '<%= config.bin %> group list',
    '<%= config.bin %> group list --topic orders --offline',
    '<%= config.bin %> group list --lag-over 1000 --json'
  ]
  static override result = listOf('GroupRow')
  static override flags = {
    ...connectionFlags,
    topic: Flags.string({ helpValue: 'TOPIC', description: 'only groups that have offsets of this topic' }),
    online: Flags.boolean({ exclusive: ['offline'], description: 'only groups with members' }),
    offline: Flags.boolean({ description: 'only groups without members' }),
    'lag-over': Flags.integer({ min: 0, helpValue: 'N', description: 'only groups that lag more messages' }),
    system: Flags.boolean({ description: 'also the groups of the brokers themselves' }),
    members: Flags.boolean({ allowNo: true, default: true, description: 'ask who is online; --no-members is quicker' })
  }

  async run(): Promise<ListResult<GroupRow>> {
    const { flags } = await this.parse(GroupList)
    const members = flags.members || flags.online || flags.offline
    const { items, warnings } = await this.admin(flags, admin => admin.groups({ members }))
    const wanted = items.filter(
      row =>
        (flags.system || !row.system) &&
        (flags.topic === undefined || row.topics.includes(flags.topic)) &&
        (!flags.online || (row.members ?? 0) > 0) &&
        (!flags.offline || row.members === 0) &&
        (flags['lag-over'] === undefined || row.lag > flags['lag-over'])
    )
    this.warnAll(warnings)
    this.table(wanted, groupColumns)
    if (wanted.length === 0) this.note(`None of ${items.length} groups is so.`)
    return { items: wanted, truncated: false, next: null, warnings }
  }
}
