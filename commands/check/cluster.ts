import { Flags } from '@oclif/core'
import type { CheckReport } from '../../src/admin/check-rules.ts'
import { CheckCommand, checkFlags, figuresText } from '../../src/cli/check-command.ts'

export default class CheckCluster extends CheckCommand {
  static override summary = 'check that brokers answer, have a master, and have room'
  static override description = `A registered broker that does not answer is CRITICAL.
Exits as Nagios expects: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Figures:
${figuresText('cluster')}`
  static override examples = [
    '<%= config.bin %> check cluster',
    '<%= config.bin %> check cluster --crit 3 --warn disk=60',
    '<%= config.bin %> check cluster --format prometheus'
  ]
  static override flags = {
    ...checkFlags,
    cluster: Flags.string({ helpValue: 'NAME', description: 'only this cluster' })
  }

  async run(): Promise<CheckReport> {
    const { flags } = await this.parse(CheckCluster)
    return this.check(flags, { subject: 'cluster', name: flags.cluster })
  }
}
