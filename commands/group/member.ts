import { Args, Flags } from '@oclif/core'
import type { MemberDetail } from '../../src/admin/group-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { subscriptionColumns } from '../../src/cli/group-tables.ts'
import { one } from '../../src/cli/result.ts'
import { printable } from '../../src/cli/table.ts'

export default class GroupMember extends MqCommand {
  static override summary = 'ask a member of a group what it is doing'
  static override description =
    'The client itself answers, through a broker: queues that it holds, rates, settings, and with --stack where its threads are. --queues or --config shows only that part.'
  static override examples = [
    '<%= config.bin %> group member billing 10.0.0.7@4242',
    '<%= config.bin %> group member billing 10.0.0.7@4242 --queues',
    '<%= config.bin %> group member billing 10.0.0.7@4242 --stack'
  ]
  static override result = one('MemberDetail')
  static override args = {
    ...groupArg,
    client: Args.string({ required: true, ignoreStdin: true, description: 'client id, as `group members` shows it' })
  }
  static override flags = {
    ...connectionFlags,
    stack: Flags.boolean({ description: 'also the stacks of its threads, where the client has some' }),
    queues: Flags.boolean({ description: 'the queues that it holds' }),
    config: Flags.boolean({ description: 'how it is set up' })
  }

  async run(): Promise<MemberDetail> {
    const { args, flags } = await this.parse(GroupMember)
    const wish = { group: args.group, clientId: args.client, stack: flags.stack }
    const found = await this.admin(flags, admin => admin.groupMember(wish))
    const all = !flags.queues && !flags.config && !flags.stack
    if (all || flags.queues) this.#queues(found)
    if (all || flags.config) {
      for (const { key, value } of found.config) this.log(`${key.padEnd(30)} ${printable(value)}`)
    }
    if (flags.stack) this.log(found.stack ?? 'The client tells no stacks.')
    return found
  }

  #queues({ queues, rates, subscriptions }: MemberDetail): void {
    this.table(subscriptions, subscriptionColumns)
    this.log('')
    this.table(queues, [
      { title: 'TOPIC', value: row => row.topic },
      { title: 'QUEUE', value: row => `${row.brokerName}/${row.queueId}` },
      { title: 'COMMITTED', value: row => row.commitOffset, align: 'right' },
      { title: 'HELD', value: row => row.cachedMessages, align: 'right' },
      { title: 'LOCKED', value: row => (row.locked ? 'yes' : 'no') },
      { title: 'LAST PULL', value: row => row.lastPull },
      { title: 'LAST CONSUMED', value: row => row.lastConsume }
    ])
    this.log('')
    if (rates.length === 0) return
    this.table(rates, [
      { title: 'TOPIC', value: row => row.topic },
      { title: 'OK/S', value: row => row.consumeOkTps, align: 'right' },
      { title: 'FAILED/S', value: row => row.consumeFailedTps, align: 'right' },
      { title: 'CONSUME MS', value: row => row.consumeRt, align: 'right' },
      { title: 'PULL MS', value: row => row.pullRt, align: 'right' }
    ])
    this.log('')
  }
}
