import { Flags } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { dataDirFlag } from '../../src/cli/daemon-flags.ts'
import { devEnv, envText } from '../../src/cli/dev-setup.ts'
import { one } from '../../src/cli/result.ts'
import type { DevEnv } from '../../src/cli/result-rows.ts'
import { daemonStatus, notRunning } from '../../src/daemon/control.ts'
import { daemonFiles, defaultDataDir } from '../../src/daemon/data-dirs.ts'
import { systemClock } from '../../src/kit/clock.ts'

export default class DevEnvironment extends MqCommand {
  static override summary = 'print the variables that lead clients to a running `mq dev`'
  static override description = 'For the shell, for a .env file, or as JSON.'
  static override examples = ['source <(<%= config.bin %> dev env)', '<%= config.bin %> dev env --as dotenv > .env']
  static override result = one('DevEnv')
  static override flags = {
    ...dataDirFlag,
    as: Flags.option({ options: ['sh', 'dotenv', 'json'] as const })({ default: 'sh', description: 'their form' })
  }

  async run(): Promise<DevEnv> {
    const { flags } = await this.parse(DevEnvironment)
    const files = daemonFiles('dev', flags['data-dir'] ?? defaultDataDir('dev', process.env))
    const status = await daemonStatus(files, systemClock)
    if (status === undefined) throw notRunning(files)
    const env = devEnv(status.addresses)
    this.log(envText(env, flags.as).trimEnd())
    return env
  }
}
