import { Flags } from '@oclif/core'
import { allocate } from '../../src/cli/allocate.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import type { AllocationRow } from '../../src/cli/result-rows.ts'
import { topicArg } from '../../src/cli/topic-args.ts'

export default class TopicAllocate extends MqCommand {
  static override summary = 'show which client would get which queues'
  static override description =
    'Shares the queues out as clients of one group do by default (averagely, in the order of their ids). Changes nothing.'
  static override examples = [
    '<%= config.bin %> topic allocate orders --clients 10.0.0.1,10.0.0.2',
    '<%= config.bin %> topic allocate orders --clients a,b,c --json'
  ]
  static override result = listOf('AllocationRow')
  static override args = topicArg
  static override flags = {
    ...connectionFlags,
    clients: Flags.string({ required: true, helpValue: 'ID,…', description: 'ids of the clients, with commas' })
  }

  async run(): Promise<ListResult<AllocationRow>> {
    const { args, flags } = await this.parse(TopicAllocate)
    const route = await this.admin(flags, admin => admin.topicRoute(args.topic))
    const items = allocate(args.topic, route, flags.clients)
    this.table(items, [
      { title: 'CLIENT', value: row => row.clientId },
      { title: 'QUEUES', value: row => row.queues.length, align: 'right' },
      { title: 'WHICH', value: row => row.queues.map(queue => `${queue.brokerName}/${queue.queueId}`).join(' ') }
    ])
    return { items, truncated: false, next: null, warnings: [] }
  }
}
