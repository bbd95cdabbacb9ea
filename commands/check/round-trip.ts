import { Flags } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'
import { changeFlags } from '../../src/cli/flags.ts'

export default class CheckRoundTrip extends CheckCommand {
  static override summary = 'send a message to each broker and read it back'
  static override description = `Uses a topic of its own, which it makes when it is not there.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('round-trip')}`
  static override examples = [
    '<%= config.bin %> check round-trip',
    '<%= config.bin %> check round-trip --warn 100 --crit 1000 --timeout 10s'
  ]
  static override flags = {
    ...checkFlags,
    ...changeFlags,
    topic: Flags.string({ default: 'mq-check', description: 'topic to use; made when it is not there' })
  }

  async run(): Promise<CheckReport> {
    const { flags } = await this.parse(CheckRoundTrip)
    return this.check(flags, { subject: 'round-trip', name: flags.topic, dryRun: flags['dry-run'] })
  }
}
