import { Flags } from '@oclif/core'
import type { ClientRow } from '../../src/admin/client-rows.ts'
import { clientColumns, clientKinds, listClients } from '../../src/cli/clients.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'

export default class ClientList extends MqCommand {
  static override summary = 'list the clients that are connected'
  static override description =
    'One line for each group that a client is in. With --topic: consumers that subscribe it, and producers that are connected to a broker that has it, since brokers do not note what a producer sends to.'
  static override examples = [
    '<%= config.bin %> client list',
    '<%= config.bin %> client list --kind consumer --topic orders',
    '<%= config.bin %> client list --group billing --json'
  ]
  static override result = listOf('ClientRow')
  static override flags = {
    ...connectionFlags,
    kind: Flags.option({ options: clientKinds })({ description: 'only consumers, or only producers' }),
    group: Flags.string({ char: 'g', helpValue: 'GROUP', description: 'only those of this group' }),
    topic: Flags.string({ helpValue: 'TOPIC', description: 'only those that have to do with this topic' }),
    broker: Flags.string({ multiple: true, helpValue: 'NAME', description: 'only those connected to this broker' })
  }

  async run(): Promise<ListResult<ClientRow>> {
    const { flags } = await this.parse(ClientList)
    const { kind, group, topic, broker: brokers } = flags
    const { items, warnings } = await this.admin(flags, admin => listClients(admin, { kind, group, topic, brokers }))
    this.warnAll(warnings)
    this.table(items, clientColumns)
    if (items.length === 0) this.note('No such client is connected.')
    return { items, truncated: false, next: null, warnings }
  }
}
