import { Args } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'

export default class CheckGroup extends CheckCommand {
  static override summary = 'check how far a group is behind, and that it is online'
  static override description = `A group that is not there is CRITICAL.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('group')}`
  static override examples = [
    '<%= config.bin %> check group billing --warn 1000 --crit 10000',
    '<%= config.bin %> check group billing --warn behind=60 --crit members=2 --warn dead=0'
  ]
  static override args = { group: Args.string({ required: true, description: 'the group' }) }
  static override flags = checkFlags

  async run(): Promise<CheckReport> {
    const { args, flags } = await this.parse(CheckGroup)
    return this.check(flags, { subject: 'group', name: args.group })
  }
}
