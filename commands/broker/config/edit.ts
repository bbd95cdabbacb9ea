import { type ListResult, MqCommand } from '../../../src/cli/command.ts'
import { changeAt, configChangeColumns, editedSettings, settingsText } from '../../../src/cli/config-changes.ts'
import { edited } from '../../../src/cli/editor.ts'
import { brokerFlags, changeFlags, connectionFlags } from '../../../src/cli/flags.ts'
import { listOf } from '../../../src/cli/result.ts'
import type { ConfigChangeRow } from '../../../src/cli/result-rows.ts'

export default class BrokerConfigEdit extends MqCommand {
  static override summary = 'edit the settings of a broker in an editor'
  static override description =
    'Opens $VISUAL or $EDITOR; what you change is changed, and nothing at all if the settings were changed meanwhile by somebody else.'
  static override examples = [
    '<%= config.bin %> broker config edit',
    '<%= config.bin %> broker config edit --broker broker-a --dry-run'
  ]
  static override result = listOf('ConfigChangeRow')
  static override flags = { ...connectionFlags, ...brokerFlags, ...changeFlags }

  async run(): Promise<ListResult<ConfigChangeRow>> {
    const { flags } = await this.parse(BrokerConfigEdit)
    const items = await this.admin(flags, async admin => {
      const read = await admin.brokerConfig(flags.broker)
      const name = read.find(entry => entry.key === 'brokerName')?.value ?? 'the broker'
      const wished = editedSettings(read, await edited(settingsText(name, read), 'broker.conf', process.env))
      return wished.length === 0 ? [] : changeAt(admin, flags.broker, read, wished, flags['dry-run'])
    })
    if (items.length === 0) this.logToStderr('Nothing was changed.')
    else this.table(items, configChangeColumns)
    return { items, truncated: false, next: null, warnings: [] }
  }
}
