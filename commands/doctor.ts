import { Flags } from '@oclif/core'
import { MqCommand } from '../src/cli/command.ts'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { changeFlags, connectionFlags } from '../src/cli/flags.ts'
import { one } from '../src/cli/result.ts'
import type { DoctorFinding, DoctorReport } from '../src/cli/result-rows.ts'
import { printable } from '../src/cli/table.ts'
import { removeStale, staleFiles } from '../src/daemon/stale-files.ts'
import { systemClock } from '../src/kit/clock.ts'

const signs = { good: '✓', doubtful: '!', bad: '✗' } as const

export default class Doctor extends MqCommand {
  static override summary = 'find what is wrong between this machine and a cluster, and what to do about it'
  static override description =
    'Looks at this machine, NameServers, brokers, the addresses that clients are sent to, disks and settings. Exits with 9 when something is bad. --fix mends what only concerns files of this machine.'
  static override examples = [
    '<%= config.bin %> doctor',
    '<%= config.bin %> doctor --round-trip -n ns1:9876',
    '<%= config.bin %> doctor --fix --dry-run'
  ]
  static override result = one('DoctorReport')
  static override flags = {
    ...connectionFlags,
    'round-trip': Flags.boolean({ description: 'send a message to each broker and read it back' }),
    fix: Flags.boolean({ description: 'remove what killed daemons left in the usual data directories' }),
    ...changeFlags
  }

  async run(): Promise<DoctorReport> {
    const { flags } = await this.parse(Doctor)
    const findings: DoctorFinding[] = []
    const tell = (finding: DoctorFinding): void => {
      findings.push(finding)
      this.log(`${signs[finding.state]} ${printable(finding.name)}: ${printable(finding.found)}`)
      if (finding.fix !== undefined) this.log(`  ${finding.fixed === true ? 'done' : 'fix'}: ${printable(finding.fix)}`)
    }
    const { examine } = await import('../src/cli/doctor.ts')
    const session = await this.connect(flags).then(
      connection => connection.session,
      () => undefined
    )
    const roundTrip = flags['round-trip'] && !flags['dry-run']
    const world = { session, clock: systemClock, timeoutMs: flags.timeout, node: process.version, roundTrip }
    await this.admin(flags, async admin => {
      for await (const finding of examine({ ...world, admin })) tell(finding)
    })
    for (const path of await staleFiles(process.env, systemClock)) {
      const fixed = flags.fix && !flags['dry-run']
      if (fixed) removeStale([path])
      tell({ name: 'left behind', state: fixed ? 'good' : 'doubtful', found: path, fix: 'remove it: --fix', fixed })
    }
    const report = { healthy: findings.every(({ state }) => state !== 'bad'), findings }
    return report.healthy ? report : this.endWith(report, exitCodes.threshold)
  }
}
