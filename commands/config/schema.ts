import { Flags } from '@oclif/core'
import { MqCommand } from '../../src/cli/command.ts'
import { settingsSchema } from '../../src/cli/settings-schema.ts'

export default class ConfigSchema extends MqCommand {
  static override summary = 'print the JSON Schema of mq.yaml'
  static override description = 'Editors complete and check mq.yaml by it. --of context prints that of one context.'
  static override examples = [
    '<%= config.bin %> config schema > mq.schema.json',
    '<%= config.bin %> config schema --of context'
  ]
  static override enableJsonFlag = false
  static override flags = {
    of: Flags.option({ options: ['project', 'context'] as const })({ default: 'project', description: 'which file' })
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigSchema)
    process.stdout.write(`${JSON.stringify(settingsSchema(flags.of), undefined, 2)}\n`)
  }
}
