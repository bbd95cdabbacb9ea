import { Flags } from '@oclif/core'
import type { MessageRow } from '../../src/admin/admin.ts'
import { bodyEncodings, encodedBody } from '../../src/cli/body-text.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { writeOut } from '../../src/cli/lines.ts'
import { idArg, topicFlag } from '../../src/cli/message-flags.ts'
import { messageLines } from '../../src/cli/message-lines.ts'
import { one } from '../../src/cli/result.ts'

export default class MessageGet extends MqCommand {
  static override summary = 'show one message, or only its body'
  static override description =
    'By the id that the sender gave, or by the id of its place. --body-only writes the bytes of the body as they are, unless --encoding says otherwise.'
  static override examples = [
    '<%= config.bin %> message get 7F0000010000A2C3000000000000001A --topic orders',
    '<%= config.bin %> message get 7F0000010000A2C3000000000000001A --topic orders --body-only > body.bin',
    '<%= config.bin %> message get 7F0000010000A2C3000000000000001A --topic orders --body-only --encoding hex'
  ]
  static override result = one('MessageRow')
  static override args = idArg
  static override flags = {
    ...connectionFlags,
    ...topicFlag,
    'body-only': Flags.boolean({ description: 'only the body' }),
    encoding: Flags.option({ options: bodyEncodings })({
      dependsOn: ['body-only'],
      description: 'how the body is written; auto = as it is'
    })
  }

  async run(): Promise<MessageRow> {
    const { args, flags } = await this.parse(MessageGet)
    const row = await this.admin(flags, admin => admin.messageById(flags.topic, args.id))
    if (!flags['body-only']) this.log(messageLines(row).join('\n'))
    else if (!this.jsonEnabled()) await writeOut(encodedBody(row, flags.encoding ?? 'auto'))
    return row
  }
}
