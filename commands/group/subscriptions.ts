import { Flags } from '@oclif/core'
import type { GroupSubscriptions as Found } from '../../src/admin/group-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupSubscriptions extends MqCommand {
  static override summary = 'show what each member of a group subscribes, and whether all agree'
  static override description =
    'Members of one group must subscribe the same: a broker gives each queue to one of them, and messages that this one does not want are lost to the group.'
  static override examples = [
    '<%= config.bin %> group subscriptions billing',
    '<%= config.bin %> group subscriptions billing --verify'
  ]
  static override result = one('GroupSubscriptions')
  static override args = groupArg
  static override flags = {
    ...connectionFlags,
    verify: Flags.boolean({ description: 'exit with 9 when members differ' })
  }

  async run(): Promise<Found> {
    const { args, flags } = await this.parse(GroupSubscriptions)
    const found = await this.admin(flags, admin => admin.groupSubscriptions(args.group))
    this.warnAll(found.warnings)
    const rows = found.members.flatMap(member => member.subscriptions.map(row => ({ ...row, client: member.clientId })))
    this.table(rows, [
      { title: 'CLIENT', value: row => row.client },
      { title: 'TOPIC', value: row => row.topic },
      { title: 'TYPE', value: row => row.expressionType },
      { title: 'EXPRESSION', value: row => row.expression }
    ])
    this.log('')
    for (const finding of found.findings) this.log(finding)
    if (!found.online) this.log(`Nobody is online in the group ${found.group}.`)
    else if (found.consistent) this.log(`All ${found.members.length} members that answered subscribe the same.`)
    return flags.verify && !found.consistent ? this.endWith(found, 9) : found
  }
}
