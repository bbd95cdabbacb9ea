import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag } from '../../src/cli/daemon-flags.ts'
import type { StatusView } from '../../src/cli/status-lines.ts'
import { daemonStatus, notRunning } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class NamesrvStatus extends MqCommand {
  static override summary = 'show whether the NameServer runs, and its addresses'
  static override description = 'Of the process of the data directory. Exits with 4 when it does not run.'
  static override examples = [
    '<%= config.bin %> namesrv status',
    '<%= config.bin %> namesrv status --data-dir ./data --json'
  ]
  static override flags = { ...dataDirFlag }

  async run(): Promise<StatusView> {
    const { flags } = await this.parse(NamesrvStatus)
    const files = daemonFiles('namesrv', flags['data-dir'] ?? defaultDataDir('namesrv', process.env))
    const status = await daemonStatus(files, systemClock)
    if (status === undefined) throw notRunning(files)
    this.printStatus(status)
    return status
  }
}
