import { Flags } from '@oclif/core'
import type { ConsumedDirectly } from '../../src/admin/message-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../src/cli/flags.ts'
import { idArg, topicFlag } from '../../src/cli/message-flags.ts'
import { one } from '../../src/cli/result.ts'

const good: ReadonlySet<string> = new Set(['CR_SUCCESS', 'CR_COMMIT', 'PLANNED'])

export default class MessageConsumeDirectly extends MqCommand {
  static override summary = 'hand a stored message to one consumer and see what it makes of it'
  static override description =
    'The consumer runs its own code on the message, now; offsets stay as they are. Exits with 1 when it did not succeed.'
  static override examples = [
    '<%= config.bin %> message consume-directly 7F0000010000A2C3000000000000001A --topic orders -g billing',
    '<%= config.bin %> message consume-directly 7F0000010000A2C3000000000000001A --topic orders -g billing --client 10.0.0.7@4242'
  ]
  static override result = one('ConsumedDirectly')
  static override args = idArg
  static override flags = {
    ...connectionFlags,
    ...topicFlag,
    ...changeFlags,
    group: Flags.string({ char: 'g', required: true, helpValue: 'GROUP', description: 'group of the consumer' }),
    client: Flags.string({ helpValue: 'ID', description: 'the consumer; needed only when there are several' })
  }

  async run(): Promise<ConsumedDirectly> {
    const { args, flags } = await this.parse(MessageConsumeDirectly)
    const { topic, group, client: clientId } = flags
    const done = await this.admin(flags, async (admin): Promise<ConsumedDirectly> => {
      if (!flags['dry-run']) return admin.consumeDirectly({ topic, id: args.id, group, clientId })
      const { messageId } = await admin.messageById(topic, args.id)
      const { members } = await admin.groupMembers(group)
      const who = clientId ?? members.map(member => member.clientId).join(' or ')
      return { group, clientId: who, messageId, result: 'PLANNED', spentMs: 0, order: false }
    })
    this.log(`${done.clientId} of ${done.group}: ${done.result} in ${done.spentMs} ms`)
    if (done.remark !== undefined) this.log(done.remark)
    return good.has(done.result) ? done : this.endWith(done, 1)
  }
}
