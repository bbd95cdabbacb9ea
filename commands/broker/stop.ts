import { MqCommand } from '../../src/cli/command.ts'
import { brokerDirFlags, stopFlags } from '../../src/cli/daemon-flags.ts'
import { stopDaemon } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class BrokerStop extends MqCommand {
  static override summary = 'stop the broker gracefully, and wait for its end'
  static override description =
    'Asks the process of the data directory to finish what it has begun. `mq broker start` starts it again.'
  static override examples = [
    '<%= config.bin %> broker stop',
    '<%= config.bin %> broker stop --data-dir ./data --timeout 60s'
  ]
  static override flags = { ...brokerDirFlags, ...stopFlags }

  async run(): Promise<{ readonly pid: number; readonly stopped: true }> {
    const { flags } = await this.parse(BrokerStop)
    const files = daemonFiles('broker', flags['data-dir'] ?? defaultDataDir(flags.name, process.env))
    const { pid } = await stopDaemon(files, flags.timeout, systemClock)
    this.log(`mq broker with pid ${pid} has stopped`)
    return { pid, stopped: true }
  }
}
