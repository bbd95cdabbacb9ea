import { Flags } from '@oclif/core'
import { type ListResult, MqCommand } from '../../src/cli/command.ts'
import { effectiveSettings } from '../../src/cli/effective.ts'
import { connectionFlags } from '../../src/cli/flags.ts'
import { listOf } from '../../src/cli/result.ts'
import type { EffectiveSetting } from '../../src/cli/result-rows.ts'

export default class ConfigPrint extends MqCommand {
  static override summary = 'show what a command would go by here'
  static override description =
    'Flags go before variables, these before mq.yaml, then the current context, then defaults. No server is asked, and no token is shown.'
  static override examples = [
    '<%= config.bin %> config print --effective --show-source',
    '<%= config.bin %> config print --context prod'
  ]
  static override flags = {
    ...connectionFlags,
    effective: Flags.boolean({ description: 'what is in effect; this is what is printed anyhow' }),
    'show-source': Flags.boolean({ description: 'also where each setting comes from' })
  }
  static override result = listOf('EffectiveSetting')

  async run(): Promise<ListResult<EffectiveSetting>> {
    const { flags } = await this.parse(ConfigPrint)
    const items = effectiveSettings(flags, process.env, process.cwd())
    this.table(items, [
      { title: 'KEY', value: row => row.key },
      { title: 'VALUE', value: row => row.value },
      { title: 'SOURCE', value: row => row.source, wide: !flags['show-source'] }
    ])
    return { items, truncated: false, next: null, warnings: [] }
  }
}
