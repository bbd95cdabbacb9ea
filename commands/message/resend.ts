import { Flags } from '@oclif/core'
import type { SentMessage } from '../../src/admin/message-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../src/cli/flags.ts'
import { idArg, topicFlag } from '../../src/cli/message-flags.ts'
import { one } from '../../src/cli/result.ts'

export default class MessageResend extends MqCommand {
  static override summary = 'send a copy of a stored message'
  static override description =
    'Body, keys, tags and properties are the same, the id is new. All groups of the topic get the copy.'
  static override examples = [
    '<%= config.bin %> message resend 7F0000010000A2C3000000000000001A --topic orders',
    '<%= config.bin %> message resend 7F0000010000A2C3000000000000001A --topic orders --to orders-again'
  ]
  static override result = one('SentMessage')
  static override args = idArg
  static override flags = {
    ...connectionFlags,
    ...topicFlag,
    ...changeFlags,
    to: Flags.string({ helpValue: 'TOPIC', description: 'topic that gets the copy, when another one' })
  }

  async run(): Promise<SentMessage> {
    const { args, flags } = await this.parse(MessageResend)
    const { topic, to = topic } = flags
    const sent = await this.admin(flags, async (admin): Promise<SentMessage> => {
      if (!flags['dry-run']) return admin.resendMessage({ topic, id: args.id, to })
      const row = await admin.messageById(topic, args.id)
      await admin.topicRoute(to)
      return { ...row, topic: to, status: 'PLANNED' }
    })
    if (flags['dry-run']) this.log(`${sent.messageId} would be sent again to ${to}`)
    else this.log(`Sent to ${sent.topic} ${sent.brokerName}/${sent.queueId}/${sent.queueOffset} as ${sent.messageId}`)
    return sent
  }
}
