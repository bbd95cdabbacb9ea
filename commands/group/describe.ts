import type { GroupDescription } from '../../src/admin/group-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { consumeKind, memberColumns, subscriptionColumns } from '../../src/cli/group-tables.ts'
import { one } from '../../src/cli/result.ts'

export default class GroupDescribe extends MqCommand {
  static override summary = 'show a group: settings on each broker, members, subscriptions, lag'
  static override description = '`mq group lag` shows the lag queue by queue, `mq group member` what one member does.'
  static override examples = [
    '<%= config.bin %> group describe billing',
    '<%= config.bin %> group describe billing --json'
  ]
  static override result = one('GroupDescription')
  static override args = groupArg
  static override flags = { ...connectionFlags }

  async run(): Promise<GroupDescription> {
    const { args, flags } = await this.parse(GroupDescribe)
    const found = await this.admin(flags, admin => admin.describeGroup(args.group))
    this.warnAll(found.warnings)
    const kind = found.online
      ? `${found.members.length} online, ${consumeKind(found.consumeType)}, ${found.messageModel?.toLowerCase()}`
      : 'offline'
    this.log(`${found.group}  ${kind}  lag ${found.lag}`)
    this.log('')
    this.table(found.brokers, [
      { title: 'BROKER', value: row => row.brokerName },
      { title: 'CONSUMES', value: row => (row.consumeEnable ? 'yes' : 'paused') },
      { title: 'BROADCAST', value: row => (row.consumeBroadcastEnable ? 'allowed' : 'no') },
      { title: 'ORDERLY', value: row => (row.consumeMessageOrderly ? 'yes' : 'no') },
      { title: 'RETRIES', value: row => row.retryMaxTimes, align: 'right' },
      { title: 'RETRY QUEUES', value: row => row.retryQueueNums, align: 'right' },
      { title: 'TIMEOUT', value: row => `${row.consumeTimeoutMinute}m`, align: 'right' },
      { title: 'PAUSED TOPICS', value: row => row.pausedTopics.join(' ') || '-' },
      { title: 'CLUSTER', value: row => row.cluster, wide: true },
      { title: 'ADDRESS', value: row => row.address, wide: true }
    ])
    if (found.members.length > 0) {
      this.log('')
      this.table(found.members, memberColumns)
    }
    if (found.subscriptions.length > 0) {
      this.log('')
      this.table(found.subscriptions, subscriptionColumns)
    }
    this.log('')
    this.log(`Topics: ${found.topics.length === 0 ? 'none' : found.topics.join(' ')}`)
    return found
  }
}
