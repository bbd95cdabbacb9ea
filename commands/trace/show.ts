import { Args, Flags } from '@oclif/core'
import type { MessageTrace } from '../../src/admin/message-acts.ts'
import { MqCommand } from '../../src/cli/command.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { windowFlags } from '../../src/cli/message-flags.ts'
import { windowOf } from '../../src/cli/message-search.ts'
import { one } from '../../src/cli/result.ts'
import { traceColumns, traceFlags } from '../../src/cli/trace-table.ts'
import { MqError } from '../../src/kit/errors.ts'

export default class TraceShow extends MqCommand {
  static override summary = 'show what clients wrote down of a message'
  static override description =
    'When it was sent, delivered and consumed, by whom and how long it took. There is a trace only where the clients write one (Java: enableMsgTrace) and the broker has the trace topic.'
  static override examples = [
    '<%= config.bin %> trace show 7F0000010000A2C3000000000000001A',
    '<%= config.bin %> trace show --key order-42 --from -1d'
  ]
  static override result = one('MessageTrace')
  static override args = { id: Args.string({ ignoreStdin: true, description: 'id that the sender gave the message' }) }
  static override flags = {
    ...connectionFlags,
    ...windowFlags,
    ...traceFlags,
    key: Flags.string({ char: 'k', helpValue: 'KEY', description: 'a key of the message, instead of its id' }),
    limit: Flags.integer({
      char: 'N',
      default: 1000,
      min: 1,
      max: 1000,
      description: 'most trace messages that are read'
    })
  }

  async run(): Promise<MessageTrace> {
    const { args, flags } = await this.parse(TraceShow)
    const key = args.id ?? flags.key
    if (key === undefined || (args.id !== undefined && flags.key !== undefined)) {
      throw new MqError('MQ_USAGE', 'give either the id of a message or --key')
    }
    const wish = { key, traceTopic: flags['trace-topic'], ...windowOf(flags), limit: flags.limit }
    const found = await this.admin(flags, admin => admin.messageTrace(wish))
    this.warnAll(found.warnings)
    if (found.items.length === 0) throw new MqError('MQ_NOT_FOUND', `${found.traceTopic} has no trace of ${key}`)
    this.table(found.items, traceColumns)
    if (found.truncated) this.logToStderr(`There are more than ${flags.limit} trace messages; narrow it with --from.`)
    return found
  }
}
