import { Flags } from '@oclif/core'
import type { MessageRow } from '../../src/admin/admin.ts'
import type { QueueEntryRow } from '../../src/admin/message-acts.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import {
  messageColumns,
  moreText,
  narrowFlags,
  pageFlags,
  topicFlag,
  windowFlags
} from '../../src/cli/message-flags.ts'
import { messagesIn } from '../../src/cli/message-search.ts'
import { entriesOf, entryColumns } from '../../src/cli/queue-entries.ts'
import { listOf } from '../../src/cli/result.ts'

export default class MessagePrint extends MqCommand {
  static override summary = 'print the messages of a window of time, one a line'
  static override description =
    'In the order in which they were stored. With --queue-index it prints the entries of a consume queue as they lie there, without the messages.'
  static override examples = [
    '<%= config.bin %> message print --topic orders --from -15m',
    '<%= config.bin %> message print --topic orders --from 2026-11-24T10:00:00Z --to 2026-11-24T10:05:00Z --queue 3',
    '<%= config.bin %> message print --topic orders --queue 0 --queue-index --offset 100 -N 20'
  ]
  static override result = listOf('MessageRow')
  static override flags = {
    ...connectionFlags,
    ...topicFlag,
    ...windowFlags,
    ...narrowFlags,
    ...pageFlags,
    'queue-index': Flags.boolean({ dependsOn: ['queue'], description: 'entries of the queue instead of messages' }),
    offset: Flags.integer({ min: 0, dependsOn: ['queue-index'], helpValue: 'N', description: 'first entry' })
  }

  async run(): Promise<ListResult<MessageRow | QueueEntryRow>> {
    const { flags } = await this.parse(MessagePrint)
    if (flags['queue-index']) {
      const place = { topic: flags.topic, queueId: flags.queue ?? 0, brokerName: flags.broker, index: flags.offset }
      const entries = await this.admin(flags, admin => entriesOf(admin, { ...place, count: flags.limit }))
      this.table(entries.items, entryColumns)
      if (entries.next !== null) this.logToStderr(`There are more; go on with --offset ${entries.next}`)
      return entries
    }
    const found = await this.admin(flags, admin => messagesIn(admin, flags.topic, flags))
    this.warnAll(found.warnings)
    this.table(found.items, messageColumns)
    if (found.next !== null) this.logToStderr(moreText(found.next))
    return found
  }
}
