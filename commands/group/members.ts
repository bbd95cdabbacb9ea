import type { GroupMembers as Members } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { consumeKind, memberColumns, subscriptionColumns } from '../../src/cli/group-tables.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupMembers extends MqCommand {
  static override summary = 'show who is in a group, and what the group subscribes'
  static override description =
    'As the brokers see it; `mq group subscriptions` asks the members themselves. A group that nobody is in is just offline.'
  static override examples = [
    '<%= config.bin %> group members billing',
    '<%= config.bin %> group members billing --json'
  ]
  static override result = one('GroupMembers')
  static override args = groupArg
  static override flags = { ...connectionFlags }

  async run(): Promise<Members> {
    const { args, flags } = await this.parse(GroupMembers)
    const found = await this.admin(flags, admin => admin.groupMembers(args.group))
    this.warnAll(found.warnings)
    if (!found.online) {
      this.log(`Nobody is online in the group ${found.group}.`)
      return found
    }
    this.log(`${found.group}  ${consumeKind(found.consumeType)}  ${found.messageModel?.toLowerCase()}`)
    this.log('')
    this.table(found.members, memberColumns)
    this.log('')
    this.table(found.subscriptions, subscriptionColumns)
    return found
  }
}
