import { Flags } from '@oclif/core'
import type { MessageRow } from '../../src/admin/admin.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { messageColumns, moreText, narrowFlags, pageFlags, windowFlags } from '../../src/cli/message-flags.ts'
import { messageLines } from '../../src/cli/message-lines.ts'
import { findMessages } from '../../src/cli/message-search.ts'
import { listOf } from '../../src/cli/result.ts'
import { MqError } from '../../src/kit/errors.ts'

const places = ['id', 'offset']
const fullMax = 10

export default class MessageQuery extends MqCommand {
  static override summary = 'find messages by key, by id, by their place, or by time'
  static override description =
    'By key the newest come first, by time the oldest. All are found, however many: an answer that ends early says how to go on.'
  static override examples = [
    '<%= config.bin %> message query --topic orders --key order-42',
    '<%= config.bin %> message query --topic orders --id 7F0000010000A2C3000000000000001A',
    '<%= config.bin %> message query --topic orders --offset broker-a/0/17 --json',
    '<%= config.bin %> message query --topic orders --from -2h --tags paid --grep timeout'
  ]
  static override result = listOf('MessageRow')
  static override flags = {
    ...connectionFlags,
    ...windowFlags,
    ...narrowFlags,
    ...pageFlags,
    topic: Flags.string({ required: true, helpValue: 'TOPIC', description: 'topic to search' }),
    key: Flags.string({ char: 'k', exclusive: places, helpValue: 'KEY', description: 'key that the sender gave' }),
    id: Flags.string({
      exclusive: ['key', 'offset'],
      helpValue: 'ID',
      description: 'id: of the sender, or of the place'
    }),
    offset: Flags.string({
      char: 'O',
      exclusive: ['key', 'id'],
      helpValue: 'BROKER/QUEUE/OFFSET',
      description: 'place'
    })
  }

  async run(): Promise<ListResult<MessageRow>> {
    const { flags } = await this.parse(MessageQuery)
    const { key, id, offset, from, to, cursor } = flags
    if ([key, id, offset, from, to, cursor].every(value => value === undefined)) {
      throw new MqError('MQ_USAGE', 'what to look for is missing: give --key, --id, --offset, or a time with --from')
    }
    const narrow = (['tags', 'queue', 'broker'] as const).find(name => flags[name] !== undefined)
    if (narrow !== undefined && (key ?? id ?? offset) !== undefined) {
      throw new MqError('MQ_USAGE', `--${narrow} narrows a search by time, not one by key, id or offset`)
    }
    const found = await this.admin(flags, admin => findMessages(admin, flags))
    this.warnAll(found.warnings)
    if (found.items.length <= fullMax) for (const row of found.items) this.log(messageLines(row).join('\n'))
    else this.table(found.items, messageColumns)
    if (found.next !== null) this.logToStderr(moreText(found.next))
    return found
  }
}
