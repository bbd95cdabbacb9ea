import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag, stopFlags } from '../../src/cli/daemon-flags.ts'
import { stopDaemon } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class NamesrvStop extends MqCommand {
  static override summary = 'stop the NameServer gracefully, and wait for its end'
  static override description =
    'Asks the process of the data directory to finish what it has begun. `mq namesrv start` starts it again.'
  static override examples = [
    '<%= config.bin %> namesrv stop',
    '<%= config.bin %> namesrv stop --data-dir ./data --timeout 60s'
  ]
  static override flags = { ...dataDirFlag, ...stopFlags }

  async run(): Promise<{ readonly pid: number; readonly stopped: true }> {
    const { flags } = await this.parse(NamesrvStop)
    const files = daemonFiles('namesrv', flags['data-dir'] ?? defaultDataDir('namesrv', process.env))
    const { pid } = await stopDaemon(files, flags.timeout, systemClock)
    this.log(`mq namesrv with pid ${pid} has stopped`)
    return { pid, stopped: true }
  }
}
