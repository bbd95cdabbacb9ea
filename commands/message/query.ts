import { Flags } from '@oclif/core'
import type { MessageRow } from '../../src/admin/admin.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { messageLines } from '../../src/cli/message-lines.ts'
import { findMessages } from '../../src/cli/message-search.ts'

const one = ['key', 'id', 'offset']

export default class MessageQuery extends MqCommand {
  static override summary = 'find messages by key, by id, or by their place'
  static override examples = [
    '<%= config.bin %> message query --topic orders --key order-42',
    '<%= config.bin %> message query --topic orders --id 7F0000010000A2C3000000000000001A',
    '<%= config.bin %> message query --topic orders --offset broker-a/0/17 --json'
  ]
  static override flags = {
    ...connectionFlags,
    topic: Flags.string({ required: true, helpValue: 'TOPIC', description: 'topic to search' }),
    key: Flags.string({ char: 'k', exactlyOne: one, helpValue: 'KEY', description: 'key that the sender gave' }),
    id: Flags.string({ exactlyOne: one, helpValue: 'ID', description: 'message id: of the sender, or of the place' }),
    offset: Flags.string({ char: 'O', exactlyOne: one, helpValue: 'BROKER/QUEUE/OFFSET', description: 'place' }),
    limit: Flags.integer({ default: 64, min: 1, max: 10_000, description: 'most messages, newest first' }),
    from: Flags.string({ dependsOn: ['key'], helpValue: 'TIME', description: 'stored at or after, such as -2h' }),
    to: Flags.string({ dependsOn: ['key'], helpValue: 'TIME', description: 'stored at or before' })
  }

  async run(): Promise<ListResult<MessageRow>> {
    const { flags } = await this.parse(MessageQuery)
    const found = await this.admin(flags, admin => findMessages(admin, flags))
    this.warnAll(found.warnings)
    for (const row of found.items) for (const line of messageLines(row)) this.log(line)
    if (found.truncated) this.logToStderr(`There are more than ${flags.limit}; --limit shows more.`)
    return { ...found, next: null }
  }
}
