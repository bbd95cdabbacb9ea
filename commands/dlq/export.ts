import { parkedTopic } from '../../src/admin/parked-topic.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { ofGroup } from '../../src/cli/dead-letters.ts'
import { connectionFlags, streamFlags } from '../../src/cli/flags.ts'
import { groupArg } from '../../src/cli/group-flags.ts'
import { writeJsonLine } from '../../src/cli/lines.ts'
import { narrowFlags, windowFlags } from '../../src/cli/message-flags.ts'
import { eachMessage } from '../../src/cli/message-search.ts'

export default class DlqExport extends MqCommand {
  static override summary = 'write the dead letters of a group as JSON lines'
  static override description =
    'All of them, oldest first, unless a time or a filter says which. `mq message import --topic` sends them from the file.'
  static override examples = [
    '<%= config.bin %> dlq export billing > lost.ndjson',
    '<%= config.bin %> dlq export billing --from -1d --grep timeout > lost.ndjson'
  ]
  static override enableJsonFlag = false
  static override streamOf = 'MessageRow'
  static override args = groupArg
  static override flags = { ...connectionFlags, ...streamFlags, ...windowFlags, ...narrowFlags }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DlqExport)
    const topic = parkedTopic('dlq', args.group)
    await this.admin(flags, admin =>
      ofGroup('dlq', args.group, async () => {
        for await (const row of eachMessage(admin, topic, flags, warning => this.warnAll([warning]))) {
          await writeJsonLine(row)
        }
      })
    )
  }
}
