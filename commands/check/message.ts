import { Args } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'
import { filterFlags } from '../../src/cli/consume-flags.ts'
import { durationFlag } from '../../src/cli/flags.ts'
import { rowFilter } from '../../src/cli/message-filter.ts'

export default class CheckMessage extends CheckCommand {
  static override summary = 'check that a message came, and when'
  static override description = `Looks through the messages of the last hour, or of --since.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('message')}`
  static override examples = [
    '<%= config.bin %> check message orders --warn 300 --crit 3600',
    '<%= config.bin %> check message orders --key "order-*" --since 10m',
    '<%= config.bin %> check message audit --grep login --crit found=5'
  ]
  static override args = { topic: Args.string({ required: true, description: 'the topic' }) }
  static override flags = {
    ...checkFlags,
    ...filterFlags,
    since: durationFlag({ default: 3_600_000, defaultHelp: async () => '1h', description: 'how far to look back' })
  }

  async run(): Promise<CheckReport> {
    const { args, flags } = await this.parse(CheckMessage)
    return this.check(flags, { subject: 'message', name: args.topic, sinceMs: flags.since, matches: rowFilter(flags) })
  }
}
