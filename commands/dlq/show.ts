import { Flags } from '@oclif/core'
import type { MessageRow } from '../../src/admin/admin.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { deadLetter } from '../../src/cli/dead-letters.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { idArg } from '../../src/cli/message-flags.ts'
import { messageLines } from '../../src/cli/message-lines.ts'
import { one } from '../../src/cli/result.ts'

export default class DlqShow extends MqCommand {
  static override summary = 'show one dead letter in full'
  static override description = 'Without --group the dead letters of all groups are searched.'
  static override examples = [
    '<%= config.bin %> dlq show 7F0000010000A2C3000000000000001A',
    '<%= config.bin %> dlq show 7F0000010000A2C3000000000000001A -g billing --json'
  ]
  static override result = one('MessageRow')
  static override args = idArg
  static override flags = {
    ...connectionFlags,
    group: Flags.string({ char: 'g', helpValue: 'GROUP', description: 'group that gave it up' })
  }

  async run(): Promise<MessageRow> {
    const { args, flags } = await this.parse(DlqShow)
    const row = await this.admin(flags, admin => deadLetter(admin, args.id, flags.group))
    this.log(messageLines(row).join('\n'))
    return row
  }
}
