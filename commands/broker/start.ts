import { Flags } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { configFileFlag } from '../../src/cli/config-file-flag.ts'
import { dataDirFlag, givenOptions, optionFlags, runFlags, serveOptions } from '../../src/cli/daemon-flags.ts'
import type { StatusView } from '../../src/cli/status-lines.ts'
import { brokerFlagRows, planBroker } from '../../src/daemon/broker-daemon.ts'
import { serve } from '../../src/daemon/serve.ts'

const rows = brokerFlagRows.filter(row => row.flag !== 'data-dir' && row.flag !== 'role')

export default class BrokerStart extends MqCommand {
  static override summary = 'start a broker'
  static override description =
    `Settings come from flags, then variables, then the file, then defaults; the file has the keys of Java's broker.conf.
It is ready when it is registered with a NameServer. Serves until it is told to stop.`
  static override examples = [
    '<%= config.bin %> broker start -n 127.0.0.1:9876',
    '<%= config.bin %> broker start -c broker.conf --name broker-b --port 10921 --data-dir ./broker-b --detach'
  ]
  static override flags = {
    ...runFlags,
    ...configFileFlag,
    ...dataDirFlag,
    role: Flags.option({ options: ['master', 'slave'] as const })({
      helpGroup: 'IDENTITY',
      description: 'role in replication'
    }),
    ...optionFlags(rows, { namesrv: 'n' })
  }

  async run(): Promise<StatusView> {
    const { flags } = await this.parse(BrokerStart)
    const role = flags.role === undefined ? {} : { role: flags.role === 'slave' ? 'SLAVE' : 'ASYNC_MASTER' }
    const plan = planBroker({
      flags: { ...givenOptions(rows, flags), ...role },
      config: flags.config,
      dataDir: flags['data-dir'],
      env: process.env
    })
    return this.served(await serve(plan, serveOptions(flags, this.config.version)))
  }
}
