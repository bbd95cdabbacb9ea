import { Args } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { configKind, validateSettings } from '../../src/cli/config-kinds.ts'
import { one } from '../../src/cli/result.ts'
import type { ConfigFinding } from '../../src/cli/result-rows.ts'
import { planBroker } from '../../src/daemon/broker-daemon.ts'
import { planNamesrv } from '../../src/daemon/namesrv-daemon.ts'

export default class ConfigValidate extends MqCommand {
  static override summary = 'check a configuration file'
  static override description =
    "Knows mq.yaml, contexts.json, namesrv.conf, and broker.conf, told apart by the name; any other .conf is a broker's. Exits with 2 and names the line or key that is wrong."
  static override examples = [
    '<%= config.bin %> config validate mq.yaml',
    '<%= config.bin %> config validate /etc/mq/broker.conf'
  ]
  static override args = { file: Args.string({ required: true, ignoreStdin: true, description: 'the file' }) }
  static override result = one('ConfigFinding')

  async run(): Promise<ConfigFinding> {
    const { args } = await this.parse(ConfigValidate)
    const { file } = args
    const kind = configKind(file)
    let detail = 'all keys and values are right'
    if (kind === 'project' || kind === 'contexts') validateSettings(file, kind)
    else {
      const plan = kind === 'broker' ? planBroker : planNamesrv
      const { warnings } = plan({ flags: {}, config: file, dataDir: undefined, env: {} })
      this.warnAll(warnings)
      if (warnings.length > 0) detail = warnings.join('; ')
    }
    this.log(`${file}: ${detail}`)
    return { file, kind, ok: true, detail }
  }
}
