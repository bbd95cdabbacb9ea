import { Args, Flags } from '@oclif/core'
import type { ImportedMessages } from '../../src/admin/client-rows.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { changeFlags, connectionFlags } from '../../src/cli/flags.ts'
import { importMessages } from '../../src/cli/message-export.ts'
import { parseRate } from '../../src/cli/pace.ts'
import { one } from '../../src/cli/result.ts'

export default class MessageImport extends MqCommand {
  static override summary = 'send the messages of a file of JSON lines'
  static override description =
    'Reads what `mq message export`, `mq dlq export` and `mq consume --json` write. Keys, tags and properties are kept; ids and times are new. Messages go one after the other, in the order of the file.'
  static override examples = [
    '<%= config.bin %> message import orders.ndjson',
    '<%= config.bin %> message import orders.ndjson --topic orders-copy --rate 500/s',
    '<%= config.bin %> message import - --topic orders --dry-run < orders.ndjson'
  ]
  static override result = one('ImportedMessages')
  static override args = {
    file: Args.string({ required: true, ignoreStdin: true, description: 'the file; - = stdin' })
  }
  static override flags = {
    ...connectionFlags,
    ...changeFlags,
    topic: Flags.string({ helpValue: 'TOPIC', description: 'topic that gets them, when not the one of each line' }),
    'same-queues': Flags.boolean({ description: 'into the queue of the same number' }),
    rate: Flags.string({ helpValue: 'N/s', description: 'at most so many' })
  }

  async run(): Promise<ImportedMessages> {
    const { args, flags } = await this.parse(MessageImport)
    const rate = flags.rate === undefined ? undefined : parseRate(flags.rate)
    const wish = {
      path: args.file,
      topic: flags.topic,
      sameQueues: flags['same-queues'],
      rate,
      dryRun: flags['dry-run']
    }
    const done = await this.admin(flags, admin => importMessages(admin, wish))
    this.warnAll(done.warnings)
    const topics = done.topics.join(', ') || 'no topic'
    this.log(
      done.dryRun ? `${done.read} messages would be sent to ${topics}` : `${done.sent} messages sent to ${topics}`
    )
    return done.failed > 0 ? this.endWith(done, 3) : done
  }
}
