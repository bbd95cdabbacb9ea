import type { TopicDescription } from '../../src/admin/topic-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { permWord } from '../../src/cli/perms.ts'
import { one } from '../../src/cli/result.ts'
import { topicArg } from '../../src/cli/topic-args.ts'

export default class TopicDescribe extends MqCommand {
  static override summary = 'show a topic: settings, offsets of its queues, groups that read it'
  static override description =
    'Settings as each broker has them, what lies in each queue, and the groups that have read it.'
  static override examples = [
    '<%= config.bin %> topic describe orders',
    '<%= config.bin %> topic describe orders --json'
  ]
  static override result = one('TopicDescription')
  static override args = topicArg
  static override flags = { ...connectionFlags }

  async run(): Promise<TopicDescription> {
    const { args, flags } = await this.parse(TopicDescribe)
    const found = await this.admin(flags, admin => admin.describeTopic(args.topic))
    this.warnAll(found.warnings)
    this.log(`${found.topic}  ${found.type}  ${found.messages} messages`)
    this.log('')
    this.table(found.brokers, [
      { title: 'BROKER', value: row => row.brokerName },
      { title: 'CLUSTER', value: row => row.cluster },
      { title: 'ADDRESS', value: row => row.address },
      { title: 'READ', value: row => row.readQueueNums, align: 'right' },
      { title: 'WRITE', value: row => row.writeQueueNums, align: 'right' },
      { title: 'PERM', value: row => permWord(row.perm) },
      { title: 'ORDER', value: row => (row.order ? 'yes' : 'no') }
    ])
    const attributes = Object.entries(found.brokers[0]?.attributes ?? {})
    if (attributes.length > 0) {
      this.log('')
      this.log(`Attributes: ${attributes.map(([name, value]) => `${name}=${value}`).join(' ')}`)
    }
    this.log('')
    this.table(found.queues, [
      { title: 'QUEUE', value: row => `${row.brokerName}/${row.queueId}` },
      { title: 'MIN OFFSET', value: row => row.minOffset, align: 'right' },
      { title: 'MAX OFFSET', value: row => row.maxOffset, align: 'right' },
      { title: 'MESSAGES', value: row => row.maxOffset - row.minOffset, align: 'right' },
      { title: 'LAST MESSAGE', value: row => row.lastUpdate }
    ])
    this.log('')
    this.log(`Groups: ${found.groups.length === 0 ? 'none' : found.groups.join(' ')}`)
    return found
  }
}
