import { Args } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'

export default class CheckBroker extends CheckCommand {
  static override summary = 'check the disk and the work of a broker'
  static override description = `A broker that is not there is CRITICAL.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('broker')}`
  static override examples = [
    '<%= config.bin %> check broker broker-a',
    '<%= config.bin %> check broker broker-a --warn disk=60 --crit disk=80 --format text'
  ]
  static override args = { name: Args.string({ required: true, description: 'the broker' }) }
  static override flags = checkFlags

  async run(): Promise<CheckReport> {
    const { args, flags } = await this.parse(CheckBroker)
    return this.check(flags, { subject: 'broker', name: args.name })
  }
}
