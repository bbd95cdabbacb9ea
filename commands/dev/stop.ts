import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag, stopFlags } from '../../src/cli/daemon-flags.ts'
import { stopDaemon } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class DevStop extends MqCommand {
  static override summary = 'stop `mq dev` gracefully, and wait for its end'
  static override description = 'What was acknowledged is on the disk when it has stopped.'
  static override examples = [
    '<%= config.bin %> dev stop',
    '<%= config.bin %> dev stop --data-dir ./data --timeout 60s'
  ]
  static override flags = { ...dataDirFlag, ...stopFlags }

  async run(): Promise<{ readonly pid: number; readonly stopped: true }> {
    const { flags } = await this.parse(DevStop)
    const files = daemonFiles('dev', flags['data-dir'] ?? defaultDataDir('dev', process.env))
    const { pid } = await stopDaemon(files, flags.timeout, systemClock)
    this.log(`mq dev with pid ${pid} has stopped`)
    return { pid, stopped: true }
  }
}
