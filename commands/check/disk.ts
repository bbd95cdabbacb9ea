import { Flags } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'

export default class CheckDisk extends CheckCommand {
  static override summary = 'check how full the disks of all brokers are'
  static override description = `One figure a broker.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('disk')}`
  static override examples = ['<%= config.bin %> check disk', '<%= config.bin %> check disk --warn 60 --crit 80']
  static override flags = {
    ...checkFlags,
    cluster: Flags.string({ helpValue: 'NAME', description: 'only this cluster' })
  }

  async run(): Promise<CheckReport> {
    const { flags } = await this.parse(CheckDisk)
    return this.check(flags, { subject: 'disk', name: flags.cluster })
  }
}
