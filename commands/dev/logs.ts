import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag, logsFlags } from '../../src/cli/daemon-flags.ts'
import { writeOut } from '../../src/cli/lines.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { followLog, lastLines } from '../../src/daemon/logs.ts'

export default class DevLogs extends MqCommand {
  static override summary = 'show the log of `mq dev` that was started with --detach'
  static override description = 'Each line is a JSON object.'
  static override examples = ['<%= config.bin %> dev logs', '<%= config.bin %> dev logs -N 200 --follow']
  static override enableJsonFlag = false
  static override flags = { ...dataDirFlag, ...logsFlags }

  async run(): Promise<void> {
    const { flags } = await this.parse(DevLogs)
    const files = daemonFiles('dev', flags['data-dir'] ?? defaultDataDir('dev', process.env))
    await writeOut(await lastLines(files, flags.num))
    if (flags.follow) for await (const part of followLog(files)) await writeOut(part)
  }
}
