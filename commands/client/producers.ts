import { Flags } from '@oclif/core'
import type { ProducerRow } from '../../src/admin/group-rows.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class ClientProducers extends MqCommand {
  static override summary = 'list the producers that may be sending to a topic'
  static override description =
    'Those that are connected to a broker of the topic, with when each was last heard of. Brokers do not note what a producer sends to; --group narrows it to one group.'
  static override examples = [
    '<%= config.bin %> client producers --topic orders',
    '<%= config.bin %> client producers --topic orders --group shop'
  ]
  static override result = listOf('ProducerRow')
  static override flags = {
    ...connectionFlags,
    topic: Flags.string({ required: true, helpValue: 'TOPIC', description: 'the topic' }),
    group: Flags.string({ char: 'g', helpValue: 'GROUP', description: 'only producers of this group' })
  }

  async run(): Promise<ListResult<ProducerRow>> {
    const { flags } = await this.parse(ClientProducers)
    const { items, warnings } = await this.admin(flags, async admin => {
      const brokers = new Set((await admin.topicRoute(flags.topic)).map(row => row.brokerName))
      const found = await admin.producers(flags.group)
      return { ...found, items: found.items.filter(row => row.brokers.some(name => brokers.has(name))) }
    })
    this.warnAll(warnings)
    this.table(items, [
      { title: 'GROUP', value: row => row.group },
      { title: 'CLIENT', value: row => row.clientId },
      { title: 'ADDRESS', value: row => row.address },
      { title: 'LANGUAGE', value: row => row.language },
      { title: 'VERSION', value: row => row.version },
      { title: 'LAST SEEN', value: row => row.lastSeen },
      { title: 'BROKERS', value: row => row.brokers.join(' '), wide: true }
    ])
    return { items, truncated: false, next: null, warnings }
  }
}
