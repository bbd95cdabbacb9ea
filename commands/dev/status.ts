import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag } from '../../src/cli/daemon-flags.ts'
import type { StatusView } from '../../src/cli/status-lines.ts'
import { daemonStatus, notRunning } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class DevStatus extends MqCommand {
  static override summary = 'show whether `mq dev` runs, and its addresses'
  static override description = 'Exits with 4 when none runs with that data directory.'
  static override examples = ['<%= config.bin %> dev status', '<%= config.bin %> dev status --data-dir ./data --json']
  static override flags = { ...dataDirFlag }

  async run(): Promise<StatusView> {
    const { flags } = await this.parse(DevStatus)
    const files = daemonFiles('dev', flags['data-dir'] ?? defaultDataDir('dev', process.env))
    const status = await daemonStatus(files, systemClock)
    if (status === undefined) throw notRunning(files)
    this.printStatus(status)
    return status
  }
}
