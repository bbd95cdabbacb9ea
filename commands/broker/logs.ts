import { MqCommand } from '../../src/cli/command.ts'
import { brokerDirFlags, logsFlags } from '../../src/cli/daemon-flags.ts'
import { writeOut } from '../../src/cli/lines.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { followLog, lastLines } from '../../src/daemon/logs.ts'

export default class BrokerLogs extends MqCommand {
  static override summary = 'show the log of a broker that was started with --detach'
  static override description = 'Each line is a JSON object.'
  static override examples = ['<%= config.bin %> broker logs', '<%= config.bin %> broker logs -N 200 --follow']
  static override enableJsonFlag = false
  static override flags = { ...brokerDirFlags, ...logsFlags }

  async run(): Promise<void> {
    const { flags } = await this.parse(BrokerLogs)
    const files = daemonFiles('broker', flags['data-dir'] ?? defaultDataDir(flags.name, process.env))
    await writeOut(await lastLines(files, flags.num))
    if (flags.follow) for await (const part of followLog(files)) await writeOut(part)
  }
}
