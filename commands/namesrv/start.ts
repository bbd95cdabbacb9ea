import { MqCommand } from '../../src/cli/command.ts'
import { configFileFlag } from '../../src/cli/config-file-flag.ts'
import { dataDirFlag, givenOptions, optionFlags, runFlags, serveOptions } from '../../src/cli/daemon-flags.ts'
import type { StatusView } from '../../src/cli/status-lines.ts'
import { namesrvFlagRows, planNamesrv } from '../../src/daemon/namesrv-daemon.ts'
import { serve } from '../../src/daemon/serve.ts'

export default class NamesrvStart extends MqCommand {
  static override summary = 'start a NameServer'
  static override description =
    'Brokers register with it, clients ask it where topics are. Serves until it is told to stop.'
  static override examples = [
    '<%= config.bin %> namesrv start',
    '<%= config.bin %> namesrv start --port 19876 --data-dir ./namesrv --detach'
  ]
  static override flags = {
    ...runFlags,
    ...configFileFlag,
    ...dataDirFlag,
    ...optionFlags(namesrvFlagRows)
  }

  async run(): Promise<StatusView> {
    const { flags } = await this.parse(NamesrvStart)
    const plan = planNamesrv({
      flags: givenOptions(namesrvFlagRows, flags),
      config: flags.config,
      dataDir: flags['data-dir'],
      env: process.env
    })
    return this.served(await serve(plan, serveOptions(flags, this.config.version)))
  }
}
