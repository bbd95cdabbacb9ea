import type { MessageStatus as Status } from '../../src/admin/message-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { idArg, topicFlag } from '../../src/cli/message-flags.ts'
import { one } from '../../src/cli/result.ts'

export default class MessageStatus extends MqCommand {
  static override summary = 'show which groups have consumed a message'
  static override description =
    'Compares the offset that each group has committed with the place of the message. CONSUMED says that the group is past it, not that all went well: see `mq dlq browse` and `mq trace show`.'
  static override examples = [
    '<%= config.bin %> message status 7F0000010000A2C3000000000000001A --topic orders',
    '<%= config.bin %> message status 7F0000010000A2C3000000000000001A --topic orders --json'
  ]
  static override result = one('MessageStatus')
  static override args = idArg
  static override flags = { ...connectionFlags, ...topicFlag }

  async run(): Promise<Status> {
    const { args, flags } = await this.parse(MessageStatus)
    const found = await this.admin(flags, admin => admin.messageStatus(flags.topic, args.id))
    this.warnAll(found.warnings)
    this.log(`${found.messageId}  ${found.topic} ${found.brokerName}/${found.queueId}/${found.queueOffset}`)
    this.log('')
    this.table(found.groups, [
      { title: 'GROUP', value: row => row.group },
      { title: 'STATUS', value: row => row.status },
      { title: 'COMMITTED', value: row => row.consumerOffset, align: 'right' }
    ])
    if (found.groups.length === 0) this.log('No group has read this topic on its broker.')
    return found
  }
}
