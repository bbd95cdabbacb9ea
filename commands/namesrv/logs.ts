import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag, logsFlags } from '../../src/cli/daemon-flags.ts'
import { writeOut } from '../../src/cli/lines.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { followLog, lastLines } from '../../src/daemon/logs.ts'

export default class NamesrvLogs extends MqCommand {
  static override summary = 'show the log of a NameServer that was started with --detach'
  static override description = 'Each line is a JSON object.'
  static override examples = ['<%= config.bin %> namesrv logs', '<%= config.bin %> namesrv logs -N 200 --follow']
  static override enableJsonFlag = false
  static override flags = { ...dataDirFlag, ...logsFlags }

  async run(): Promise<void> {
    const { flags } = await this.parse(NamesrvLogs)
    const files = daemonFiles('namesrv', flags['data-dir'] ?? defaultDataDir('namesrv', process.env))
    await writeOut(await lastLines(files, flags.num))
    if (flags.follow) for await (const part of followLog(files)) await writeOut(part)
  }
}
