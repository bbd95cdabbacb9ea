import type { MessageRow } from '../../src/admin/admin.ts'
import { parkedTopic } from '../../src/admin/parked-topic.ts'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { ofGroup } from '../../src/cli/dead-letters.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { moreText, narrowFlags, pageFlags, parkedMessageColumns, windowFlags } from '../../src/cli/message-flags.ts'
import { messagesIn } from '../../src/cli/message-search.ts'
import { listOf } from '../../src/cli/result.ts'

export default class RetryBrowse extends MqCommand {
  static override summary = 'show the messages of a group that are tried again'
  static override description = 'Oldest first, whether they were consumed in the meantime or not.'
  static override examples = [
    '<%= config.bin %> retry browse billing',
    '<%= config.bin %> retry browse billing --from -1d --grep timeout --json'
  ]
  static override result = listOf('MessageRow')
  static override args = groupArg
  static override flags = { ...connectionFlags, ...windowFlags, ...narrowFlags, ...pageFlags }

  async run(): Promise<ListResult<MessageRow>> {
    const { args, flags } = await this.parse(RetryBrowse)
    const topic = parkedTopic('retry', args.group)
    const found = await this.admin(flags, admin => ofGroup('retry', args.group, () => messagesIn(admin, topic, flags)))
    this.warnAll(found.warnings)
    this.table(found.items, parkedMessageColumns)
    if (found.next !== null) this.logToStderr(moreText(found.next))
    return found
  }
}
