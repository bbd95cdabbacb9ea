import { Args } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'

export default class CheckTopic extends CheckCommand {
  static override summary = 'check that a topic can be used, and when something last came'
  static override description = `A topic that is not there is CRITICAL.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('topic')}`
  static override examples = [
    '<%= config.bin %> check topic orders',
    '<%= config.bin %> check topic orders --warn age=300 --crit age=3600'
  ]
  static override args = { topic: Args.string({ required: true, description: 'the topic' }) }
  static override flags = checkFlags

  async run(): Promise<CheckReport> {
    const { args, flags } = await this.parse(CheckTopic)
    return this.check(flags, { subject: 'topic', name: args.topic })
  }
}
