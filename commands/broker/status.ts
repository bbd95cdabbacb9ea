import { MqCommand } from '../../src/cli/command.ts'
import { brokerDirFlags } from '../../src/cli/daemon-flags.ts'
import type { StatusView } from '../../src/cli/status-lines.ts'
import { daemonStatus, notRunning } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class BrokerStatus extends MqCommand {
  static override summary = 'show whether the broker runs, and its addresses'
  static override description = 'Of the process of the data directory. Exits with 4 when it does not run.'
  static override examples = [
    '<%= config.bin %> broker status',
    '<%= config.bin %> broker status --data-dir ./data --json'
  ]
  static override flags = { ...brokerDirFlags }

  async run(): Promise<StatusView> {
    const { flags } = await this.parse(BrokerStatus)
    const files = daemonFiles('broker', flags['data-dir'] ?? defaultDataDir(flags.name, process.env))
    const status = await daemonStatus(files, systemClock)
    if (status === undefined) throw notRunning(files)
    this.printStatus(status)
    return status
  }
}
